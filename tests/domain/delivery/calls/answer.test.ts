import { describe, expect, test } from "vitest";
import { type EntryResult, interpretAnswer, type SesAnswer } from "#domain/delivery/calls/answer.ts";

const ok = (n: number): EntryResult[] =>
  Array.from({ length: n }, (_, at) => ({ status: "SUCCESS", messageId: `m${at}`, error: null }));
const bad = (n: number, status: string, error: string | null = null): EntryResult[] =>
  Array.from({ length: n }, () => ({ status, messageId: null, error }));
const results = (...all: EntryResult[][]): SesAnswer => ({ is: "results", results: all.flat() });
const error = (status: number, code: string, message = ""): SesAnswer => ({ is: "error", status, code, message });

/** Answer, entries in the call, effect on the deliveries, consequence for sender or edition. */
const table: [name: string, answer: SesAnswer, n: number, effect: object, consequence: string][] = [
  ["all taken", results(ok(3)), 3, { is: "accepted", messageIds: ["m0", "m1", "m2"] }, "none"],
  [
    "too fast",
    error(429, "TooManyRequestsException", "Maximum sending rate exceeded."),
    3,
    { is: "again", afterSeconds: 1, single: false },
    "slow-down",
  ],
  [
    "throttled by name",
    error(400, "ThrottlingException", "Rate exceeded"),
    3,
    { is: "again", afterSeconds: 1 },
    "slow-down",
  ],
  [
    "daily quota",
    error(429, "TooManyRequestsException", "Daily message quota exceeded."),
    3,
    { is: "again", afterSeconds: 0 },
    "quota-used-up",
  ],
  ["paused", error(400, "SendingPausedException", "paused"), 3, { is: "again", single: false }, "hold-edition"],
  ["suspended", error(400, "AccountSuspendedException"), 3, { is: "again" }, "hold-edition"],
  [
    "unverified",
    error(400, "MessageRejected", "Email address is not verified. editor@news.example"),
    3,
    { is: "again", single: false },
    "hold-edition",
  ],
  ["MAIL FROM unverified", error(400, "MailFromDomainNotVerifiedException"), 3, { is: "again" }, "hold-edition"],
  ["access denied", error(403, "AccessDeniedException", "User is not authorized"), 3, { is: "again" }, "hold-edition"],
  ["any other 403", error(403, "Forbidden", "no"), 3, { is: "again" }, "hold-edition"],
  [
    "unknown configuration set",
    error(404, "NotFoundException", "Configuration set x does not exist."),
    3,
    { is: "again" },
    "hold-edition",
  ],
  [
    "unknown configuration set, as a bad request",
    error(400, "BadRequestException", "Configuration set <x> does not exist."),
    3,
    { is: "again", single: false },
    "hold-edition",
  ],
  [
    "signature expired",
    error(403, "SignatureDoesNotMatch", "Signature expired: … - 5 min."),
    3,
    { is: "again" },
    "end-run",
  ],
  ["clock skewed", error(403, "RequestTimeTooSkewed"), 3, { is: "again" }, "end-run"],
  ["credentials expired", error(403, "ExpiredTokenException"), 3, { is: "again" }, "end-run"],
  [
    "bad request for many",
    error(400, "BadRequestException", "Illegal address"),
    3,
    { is: "again", single: false, split: true },
    "none",
  ],
  ["bad request for one", error(400, "BadRequestException", "Illegal address"), 1, { is: "refused" }, "none"],
  [
    "no connection",
    { is: "unreachable", why: "ECONNREFUSED" },
    3,
    { is: "again", afterSeconds: 5, single: false },
    "none",
  ],
  ["no answer", { is: "unanswered", why: "ECONNRESET" }, 3, { is: "unknown" }, "none"],
  ["request time-out", error(408, "RequestTimeout"), 3, { is: "unknown" }, "none"],
  ["internal error", error(500, "InternalServiceErrorException"), 3, { is: "unknown" }, "none"],
  ["unavailable", error(503, "ServiceUnavailable"), 3, { is: "unknown" }, "none"],
  ["too few results", results(ok(2)), 3, { is: "unknown" }, "none"],
  ["too many results", results(ok(4)), 3, { is: "unknown" }, "none"],
  ["no results at all", results(), 3, { is: "unknown" }, "none"],
  ["stopped at the gate", { is: "not-sent", why: "late" }, 3, { is: "again", afterSeconds: 0 }, "none"],
  ["all fail, passing", results(bad(3, "TRANSIENT_FAILURE")), 3, { is: "passing" }, "none"],
  ["all fail, for no said reason", results(bad(3, "FAILED")), 3, { is: "passing" }, "none"],
  ["all throttled", results(bad(3, "ACCOUNT_THROTTLED")), 3, { is: "passing" }, "slow-down"],
  ["all over quota", results(bad(3, "ACCOUNT_DAILY_QUOTA_EXCEEDED")), 3, { is: "passing" }, "quota-used-up"],
  ["all refused", results(bad(3, "MESSAGE_REJECTED", "Bad content")), 3, { is: "refused" }, "none"],
  [
    "all refused as unverified",
    results(bad(3, "MESSAGE_REJECTED", "Email address is not verified")),
    3,
    { is: "again" },
    "hold-edition",
  ],
  ["account paused, per entry", results(bad(3, "ACCOUNT_SENDING_PAUSED")), 3, { is: "again" }, "hold-edition"],
  [
    "all fail differently",
    results(bad(2, "FAILED"), bad(1, "MESSAGE_REJECTED")),
    3,
    { is: "again", afterSeconds: 60, single: true },
    "none",
  ],
  ["some taken", results(ok(2), bad(1, "MESSAGE_REJECTED")), 3, { is: "mixed", accepted: 2 }, "none"],
  [
    "some taken, each with its message in the answer's order",
    results(ok(1), bad(1, "FAILED"), [{ status: "SUCCESS", messageId: "m9", error: null }]),
    3,
    { is: "mixed", accepted: 2, messageIds: ["m0", "", "m9"] },
    "none",
  ],
  ["one taken", results(bad(2, "FAILED"), ok(1)), 3, { is: "mixed", accepted: 1 }, "none"],
];

describe("the meaning of an answer", () => {
  test.each(table)("%s", (_, answer, n, effect, consequence) => {
    const verdict = interpretAnswer(answer, n);
    expect(verdict.effect).toMatchObject(effect);
    expect(verdict.consequence.is).toBe(consequence);
  });

  test("only silence, 408, 5xx and a wrong count leave deliveries unknown", () => {
    const unknown = table
      .filter(([, answer, n]) => interpretAnswer(answer, n).effect.is === "unknown")
      .map(([name]) => name);
    expect(unknown).toEqual([
      ...["no answer", "request time-out", "internal error", "unavailable"],
      ...["too few results", "too many results", "no results at all"],
    ]);
  });

  test.each([
    "ann.lee@example.org",
    "<ann.lee@example.org>",
    "(ann.lee@example.org)",
    "rfc822;ann.lee@example.org",
    "mailto:ann.lee@example.org?subject=x",
    "'ann.lee@example.org'",
    "ann.lee'brien@example.org",
    '"ann.lee lee"@example.org',
    "https://postmaster.example/why?rcpt=ann.lee%40example.org",
    "ann.lee=example.org@forwarded.example",
    "ann.lee\uff20example.org",
    "ann.lee@[192.0.2.1]",
    `${"x".repeat(400)} ann.lee@example.org`,
  ])("an address written as %s reaches neither a reason nor a log", (written) => {
    const { effect } = interpretAnswer(error(500, "InternalFailure", `Not verified: ${written}, sorry`), 1);
    expect(JSON.stringify(effect)).not.toMatch(/ann|lee|brien/);
    expect(JSON.stringify(effect)).toContain("Not verified: ");
  });

  test("no address in SES's message reaches a reason or a log", () => {
    const verdict = interpretAnswer(
      error(400, "MessageRejected", "Email address is not verified: Ann <ann@example.org>"),
      1,
    );
    expect(JSON.stringify(verdict)).not.toContain("ann@example.org");
    expect(verdict.consequence).toMatchObject({ reason: expect.stringContaining("not verified") });
  });
});
