import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { EditionOutlook } from "#domain/edition/timing/outlook.ts";
import { fault } from "#domain/outcome.ts";
import { questions } from "#functions/desk/office/sending/press.ts";
import { bench } from "../../../testing/editions/workbench-fixture.ts";
import { type Answers, answers, answerTo, check, edition, hash, now, outlook, plan } from "../answers.ts";
import { type Browser, type Desk, openDesk } from "../open-desk.ts";

const path = "/desk/daily/2026-11-24/send";
const key = { newsletter: "daily", date: "2026-11-24" };
let desk: Desk;
let known: Answers;
let refuse: ((request: Record<string, unknown>) => object | undefined) | undefined;
const seats = new Map<string, Browser>();
beforeAll(async () => {
  desk = await openDesk((request) => refuse?.(request) ?? answerTo(known, request));
  desk.clock.ahead = Date.parse(now) - Date.now();
  for (const role of ["viewer", "editor", "approver", "operator"]) {
    const browser = desk.browser();
    await browser.signIn(role);
    seats.set(role, browser);
  }
});
afterAll(() => desk.close());
beforeEach(() => {
  known = answers();
  refuse = undefined;
  desk.requests.length = 0;
});

function as(role: string): Browser {
  const browser = seats.get(role);
  if (browser === undefined) throw new Error(`no one is ${role}`);
  return browser;
}
const get = (role: string, at = path) => as(role).get(at);
const tokenOf = async (role: string) => /name="token" value="([^"]+)"/.exec((await get(role)).body)?.[1] ?? "";
async function press(role: string, fields: Record<string, string>, at = path) {
  const token = await tokenOf(role);
  desk.requests.length = 0;
  return as(role).post(at, { token, ...fields });
}
const text = (page: string) => page.replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ");
const heldForPrevious = "Held because the edition before it (2026-11-23) was not taken well: of 9 readers, 5 bounced.";
const heldForDecisions = "Held because 10 of 60 deliveries need a decision: SES gave no answer.";
const commands = () => desk.requests.map((request) => request.do);

describe("when it goes out", () => {
  test("is shown in the newsletter's zone and another, with time left, readers, duration and cost (C21)", async () => {
    const { status, body } = await get("approver");
    expect(status).toBe(200);
    expect(text(body)).toContain(
      "Tue 24 Nov 07:00 Europe/London (07:00 UTC), in 3 h, about 12,340 readers, ≈ 9 min, ≈ $1.97",
    );
    expect(body).toContain("Harbour bridge &lt;opens&gt; to cyclists");
    expect(body).toContain("npx --no-install broadsheet edition approve daily --date 2026-11-24");
  });

  test("is first shown and then scheduled: at that time, and only if the email is still the one shown", async () => {
    known.plan = plan({ asked: { at: "2026-11-24T18:30:00.000Z", latest: null, note: null } });
    const { body } = await get("approver", `${path}?at=2026-11-24T18:30`);
    expect(desk.requests).toContainEqual(expect.objectContaining({ do: "plan", at: "2026-11-24T18:30" }));
    expect(text(body)).toContain("Tue 24 Nov 18:30 Europe/London");
    expect(body).toContain('name="at" value="2026-11-24T18:30"');
    expect(commands()).not.toContain("schedule");
    await press("approver", { do: "schedule", at: "2026-11-24T18:30", hash });
    expect(desk.requests).toEqual([
      { do: "schedule", ...key, at: "2026-11-24T18:30", second: false, hash, anyway: false, by: "The approver" },
    ]);
  });

  test("has passed: to approve it is to send it, and the button says so", async () => {
    const due = { at: "2026-11-24T03:30:00.000Z", latest: "2026-11-24T06:30:00.000Z", note: null };
    known.plan = plan({ own: due, due: null });
    const { body } = await get("approver");
    expect(text(body)).toContain("Approve and send");
    expect(text(body)).not.toContain("Approve for");
  });

  test("that has passed or doesn't exist is explained next to its field (C21)", async () => {
    refuse = ({ do: name, at }) =>
      name === "plan" && at !== undefined ? fault("bad-request", "01:30 has passed. Choose a later time.") : undefined;
    const { status, body } = await get("approver", `${path}?at=2026-11-24T01:30`);
    expect(status).toBe(400);
    expect(body).toContain('role="alert"');
    expect(body).toContain("01:30 has passed. Choose a later time.");
    expect(text(body)).toContain("about 12,340 readers");
  });
});

test("with a second person, one's own change says that a colleague has to approve it", async () => {
  const note = "You changed it last, so a colleague has to approve or send it.";
  known.plan = plan({ secondPerson: true, changedBy: "The approver" });
  const own = (await get("approver")).body;
  expect(text(own)).toContain(note);
  expect(own).not.toMatch(/class="[^"]*primary/);
  known.plan = plan({ secondPerson: true, changedBy: "Edith" });
  expect(text((await get("approver")).body)).not.toContain(note);
  known.plan = plan({ changedBy: "The approver" });
  expect(text((await get("approver")).body)).not.toContain(note);
  known.plan = plan({ secondPerson: true, changedBy: "The approver", changedById: "another of that name" });
  expect(text((await get("approver")).body)).not.toContain(note);
});

describe("in local time", () => {
  const own = { at: "2026-11-24T07:00:00.000Z", latest: "2026-11-24T10:00:00.000Z", note: null, localTime: "07:00" };
  const at = (hour: number) => `2026-11-24T${String(hour).padStart(2, "0")}:00:00.000Z`;

  test("no duration is promised, and sending now says that everyone gets it at once", async () => {
    known.plan = plan({ own, due: own });
    const { body } = await get("approver");
    expect(text(body)).toContain("in 3 h, about 12,340 readers, ≈ $1.97");
    const asked = await get("approver", `${path}?ask=send`);
    expect(text(asked.body)).toContain("Everyone gets it at once, not at 07:00 in their own time zone.");
  });

  test("it says how many readers were due, and when the others are", async () => {
    known.show.edition = edition({ state: "sending", counts: { audience: 1100, accepted: 69, waiting: 1031 } });
    const cohorts = [
      { due: at(3), readers: 69 },
      { due: at(5), readers: 1030 },
      { due: at(12), readers: 1 },
    ];
    known.plan = plan({ own, due: null, cohorts });
    const { body } = await get("viewer");
    expect(text(body)).toContain(
      "69 of 1,100 readers were due by now. The next are due Tue 24 Nov 05:00, the last Tue 24 Nov 12:00.",
    );
    expect(text(body)).toMatch(/Tue 24 Nov 03:00 ?69 ?Was due/);
    expect(text(body)).toMatch(/Tue 24 Nov 05:00 ?1,030 ?in 60 min/);
    expect(body).not.toContain('data-key="cohorts"');
    known.plan = plan({ own, due: null, cohorts: cohorts.slice(0, 1) });
    expect(text((await get("viewer")).body)).toContain("69 of 69 readers were due by now. All of them were due.");
    const many = Array.from({ length: 20 }, (_, hour) => ({ due: at(hour), readers: 1 }));
    known.plan = plan({ own, due: null, cohorts: many });
    expect((await get("viewer")).body).toMatch(/<details class="more" data-key="cohorts"><summary>All 20 times/);
  });
});

describe("sending", () => {
  test("asks first, with readers, subject and hash and the focus on No, and does nothing (C22)", async () => {
    const { body } = await get("approver", `${path}?ask=send`);
    expect(text(body)).toContain("Send to about 12,340 readers?");
    expect(body).toContain("Harbour bridge &lt;opens&gt; to cyclists");
    expect(body).toContain(`name="hash" value="${hash}"`);
    expect(text(body)).toMatch(
      /NewsletterThe Daily EditionTuesday 24 November SubjectHarbour .* ReadersAbout 12,340 DurationAbout 9 min CostAbout \$1\.97 TimeIn 90 seconds/,
    );
    expect(text(body)).toContain("InsteadThen nothing goes out at 07:00 today.");
    expect(body).toMatch(/<a [^>]*href="\/desk\/daily\/2026-11-24\/send" data-cancel autofocus[^>]*>Cancel/);
    expect(body.match(/autofocus/g)).toHaveLength(1);
    expect(commands()).not.toContain("send");
  });

  test("leaves time to undo it (C23)", async () => {
    const pressed = await press("approver", { do: "send", hash });
    expect(pressed).toMatchObject({ status: 303, headers: { location: path } });
    expect(desk.requests).toEqual([{ do: "send", ...key, after: 90, hash, anyway: false, by: "The approver" }]);
    known.show.edition = edition({ state: "approved" });
    const at = "2026-11-24T04:01:30.000Z";
    known.plan = plan({
      due: { at, latest: null, note: null },
      outlook: outlook({ at, text: "Approved. Goes out Tue 24 Nov 04:01 Europe/London." }),
      approvedAt: now,
    });
    const { body } = await get("approver");
    expect(text(body)).toMatch(/Goes out .*, in (8\d|90) s\)/);
    expect(text(body)).toContain("Don&#39;t send");
    expect(body).toContain('name="do" value="withdraw"');
    expect(body).not.toContain('value="schedule"');
    expect(body).not.toContain("?ask=send");
  });

  test("a refusal is explained in a sentence, and the page stays", async () => {
    refuse = ({ do: name }) =>
      name === "send" ? fault("conflict", "It was changed since you looked at it.") : undefined;
    const { status, body } = await press("approver", { do: "send", hash: "old" });
    expect(status).toBe(409);
    expect(body).toContain("It was changed since you looked at it.");
    expect(body).toContain("<h1>");
  });
});

describe("a question that an older page asked", () => {
  const asks = async (question: string) => {
    const { body } = await get("operator", `${path}?ask=${question}`);
    return body.includes('class="card question"');
  };
  const sent = { state: "finished", counts: { audience: 60, accepted: 60 } } as const;
  const running = { state: "sending", counts: { audience: 60, accepted: 20, waiting: 40 } } as const;
  const paused = { ...running, state: "paused" } as const;
  const unclear = { state: "held", counts: { audience: 60, accepted: 50, held: 10 } } as const;
  const heldByTime = { state: "held", reason: "Held because it is late.", counts: { audience: 0 } } as const;
  const halfCancelled = {
    state: "cancelled",
    counts: { audience: 60, accepted: 20, waiting: 40, unknown: 2 },
  } as const;

  test.each([
    ["draft", edition(), ["send", "skip"]],
    ["approved", edition({ state: "approved" }), ["send", "skip"]],
    ["held before it began", edition(heldByTime), ["send", "resume", "cancel"]],
    ["held for the edition before", edition({ ...heldByTime, reason: heldForPrevious }), ["resume", "cancel"]],
    ["being sent", edition(running), ["correct", "cancel", "note"]],
    ["paused", edition(paused), ["correct", "cancel", "resume", "note"]],
    ["held for decisions", edition({ ...unclear, reason: heldForDecisions }), ["resend", "delivered", "note"]],
    ["sent", edition(sent), ["note"]],
    ["skipped", edition({ state: "skipped" }), []],
    ["cancelled half-way", edition(halfCancelled), ["resend", "delivered", "note"]],
  ])("is asked only where it still can be answered: %s", async (_, shown, expected) => {
    known.show.edition = shown;
    const asked = [];
    for (const question of questions) if (await asks(question)) asked.push(question);
    expect(asked.toSorted()).toEqual(expected.toSorted());
    // No link leads to a question that isn't asked.
    const linked = [...(await get("operator")).body.matchAll(/\?ask=(\w+)/g)].map(([, name]) => name);
    expect(linked.filter((name) => !expected.some((one) => one === name))).toEqual([]);
  });
});

describe("what its check found", () => {
  const finding = { point: "B2", level: "blocker" as const, final: false, at: { part: "subject" as const } };

  test("is shown, links to its row, and is waived only by a button that says so", async () => {
    known.check.check = check([
      { ...finding, message: "The subject is empty." },
      {
        ...finding,
        level: "warning",
        message: "It answers 404.",
        at: { part: "headline", n: 3, story: "abc" },
      },
    ]);
    const { body } = await get("approver");
    expect(text(body)).toMatch(/Blocker\s+The subject is empty\./);
    expect(body).toContain('href="/desk/daily/2026-11-24#row-abc"');
    expect(text(body)).toContain("Approve anyway for 07:00");
    expect(text((await get("approver", `${path}?ask=send`)).body)).toContain("Send anyway to 12,340 readers");
    await press("approver", { do: "send", hash, anyway: "yes" });
    expect(desk.requests).toMatchObject([{ do: "send", anyway: true }]);
  });

  test("nothing is waived if nothing was found, and a finding that can't be waived says so", async () => {
    expect((await get("approver")).body).not.toContain('name="anyway"');
    known.check.check = check([{ ...finding, final: true, message: "No way to unsubscribe." }]);
    expect(text((await get("approver")).body)).toContain("The check found blockers that can't be waived.");
  });
});

describe("roles", () => {
  test.each([
    ["viewer", "send"],
    ["viewer", "approve"],
    ["editor", "send"],
    ["editor", "pause"],
    ["approver", "resolve"],
  ])("%s who posts %s is refused by the server, and nothing is asked", async (role, action) => {
    const { status, body } = await press(role, { do: action, hash });
    expect(status).toBe(403);
    expect(body).toMatch(/needs the role (approver|operator); you are (viewer|editor|approver)/);
    expect(commands()).not.toContain(action);
  });

  test("no role reaches a command that the page has no button for", async () => {
    for (const action of ["subscriber list", "deliveries", "source key", "__proto__", ""]) {
      expect((await press("operator", { do: action })).status).toBe(400);
    }
    expect(commands().filter((name) => !["show", "plan", "check"].includes(String(name)))).toEqual([]);
  });

  test("people without the role see which role may press the button", async () => {
    const { body } = await get("viewer");
    expect(body).not.toContain('value="approve"');
    expect(text(body)).toContain("Approve for 07:00: needs the role approver.");
  });
});

describe("delivery", () => {
  test("says how many have it and how many not, and can be stopped (C23, C24)", async () => {
    known.show.edition = edition({
      state: "sending",
      counts: { audience: 12_340, accepted: 4_120, waiting: 8_200, failed: 20 },
    });
    const { body } = await get("approver");
    expect(text(body)).toMatch(/4,120 accepted\s*8,220 waiting/);
    expect(body).toContain('name="do" value="pause"');
    expect(body).toContain("npx --no-install broadsheet edition pause daily --date 2026-11-24");
    await press("approver", { do: "pause" });
    expect(desk.requests).toEqual([{ do: "pause", ...key, by: "The approver" }]);
  });

  test("never counts unknown or held deliveries as accepted", async () => {
    known.show.edition = edition({ state: "held", counts: { audience: 50, unknown: 30, held: 20 } });
    const { body } = await get("operator");
    expect(text(body)).toMatch(/0 accepted.*30 unknown.*20 held/);
    expect(body).toMatch(/class="share-accepted" x="0\.0" width="0\.0"/);
    expect(body).toMatch(/class="share-unknown" x="0\.0" width="600\.0"/);
  });

  test.each([
    [
      { do: "resume", anyway: "yes" },
      { do: "resume", anyway: true },
    ],
    [{ do: "resume" }, { do: "resume", anyway: false }],
    [{ do: "retry" }, { do: "retry" }],
    [
      { do: "resolve", as: "resend" },
      { do: "resolve", all: true, as: "resend" },
    ],
    [
      { do: "resolve", as: "delivered" },
      { do: "resolve", all: true, as: "delivered" },
    ],
    [{ do: "cancel" }, { do: "cancel" }],
    [
      { do: "correct", decisions: "7" },
      { do: "correct", decisions: 7 },
    ],
    [
      { do: "skip", reason: "Holiday" },
      { do: "decide", decision: { do: "skip", reason: "Holiday" } },
    ],
    [{ do: "skip" }, { do: "decide", decision: { do: "skip" } }],
  ])("%j is %j", async (fields, request) => {
    known.decide = { edition: edition(), workbench: bench };
    await press("operator", fields);
    expect(desk.requests).toEqual([{ ...request, ...key, by: "The operator" }]);
  });

  test("tells one reading of the counts, though the edition is read again for its plan", async () => {
    const counts = { audience: 60, accepted: 20, waiting: 40 };
    known.show.edition = edition({ state: "sending", counts: { ...counts, accepted: 15, waiting: 45 } });
    const text20 = outlook({ kind: "sending", text: "Being sent. 20 accepted, 40 waiting." });
    known.plan = plan({ counts: edition({ counts }).counts, outlook: text20 });
    const { body } = await get("viewer");
    expect(text(body)).toMatch(/20 accepted, 40 waiting\..* 20 accepted\s*40 waiting/);
    expect(text(body)).not.toContain("45");
  });

  test("of a cancelled edition says that no one waits any more", async () => {
    known.show.edition = edition({ state: "cancelled", counts: { audience: 60, accepted: 20, waiting: 40 } });
    const { body } = await get("viewer");
    expect(text(body)).toMatch(/40 won&#39;t get it.*Won&#39;t get it ?40/);
    expect(text(body).toLowerCase()).not.toMatch(/waiting|not sent yet/);
  });

  test("shows bounces and complaints after SES accepted the mails (C24)", async () => {
    known.show.edition = edition({ state: "finished", counts: { audience: 100, accepted: 100 } });
    expect(text((await get("viewer")).body)).not.toContain("bounce");
    known.plan = plan({ bounced: 3, complained: 1 });
    expect(text((await get("viewer")).body)).toContain("Of those: 3 hard bounces, 1 spam complaint.");
  });

  test("a few unknown of very many can be seen in the bar, which is never wider than the whole", async () => {
    const counts = { audience: 100_000, accepted: 99_990, unknown: 4, held: 6 };
    known.show.edition = edition({ state: "held", counts });
    const { body } = await get("viewer");
    const widths = [...body.matchAll(/<rect class="share-(\w+)" x="[\d.]+" width="([\d.]+)"/g)];
    const width = new Map(widths.map(([, name = "", wide]) => [name, Number(wide)]));
    expect(width.get("unknown")).toBeGreaterThan(10);
    expect(width.get("held")).toBeGreaterThan(10);
    expect(width.get("waiting")).toBe(0);
    expect([...width.values()].reduce((sum, one) => sum + one, 0)).toBeCloseTo(1000, 0);
  });

  test("unknown deliveries are resolved only after a question that says what could go wrong", async () => {
    known.show.edition = edition({
      state: "held",
      reason: "Held because 3 deliveries need a decision.",
      counts: { audience: 10, accepted: 7, unknown: 3 },
    });
    known.plan = plan({ outlook: outlook({ kind: "stopped", text: "Held: 3 deliveries need a decision." }) });
    const page = await get("operator");
    expect(text(page.body)).toMatch(/Held Tuesday 24 November 3 deliveries need a decision\./);
    expect(page.body).not.toContain('value="resolve"');
    const { body } = await get("operator", `${path}?ask=resend`);
    expect(text(body)).toContain("Readers who have it already get it twice.");
    expect(body).toContain('name="as" value="resend"');
  });

  describe("resuming has one button", () => {
    const stopped = (state: "paused" | "held" | "halted", reason: string, latest: string | null = null) => {
      known.show.edition = edition({ state, reason, counts: { audience: 100, accepted: 40, waiting: 60 } });
      known.plan = plan({ outlook: outlook({ kind: "stopped", text: reason, latest }) });
    };
    const buttons = (body: string) => text(body).match(/Resume( anyway)?…?/g);

    test("that acts at once after a pause", async () => {
      stopped("paused", "Paused by Edith.", "2026-11-24T10:00:00.000Z");
      const { body } = await get("approver");
      expect(buttons(body)).toEqual(["Resume"]);
      expect(body).toContain('name="do" value="resume"');
    });

    test("that asks whether the cause may be overridden, where it can be fixed", async () => {
      stopped("held", "Held because SES paused the account.");
      const { body } = await get("approver");
      expect(buttons(body)).toEqual(["Resume…"]);
      expect(body).toMatch(/class="button primary" href="[^"]*ask=resume"/);
      const question = await get("approver", `${path}?ask=resume`);
      expect(text(question.body)).toMatch(/Resume this edition\? The cause is checked again\./);
      expect(question.body).toMatch(/type="checkbox" name="anyway" value="yes">Send even if the cause is still there/);
    });

    test.each([
      [
        "halted",
        "Halted because 9 of the first 50 bounced.",
        null,
        "Resume anyway? Waiting readers get it despite this.",
      ],
      ["paused", "Paused by Edith.", "2026-11-24T03:00:00.000Z", "Its send window passed at Tue 24 Nov 03:00"],
    ] as const)("that overrides, where nothing else can come of it: %s", async (state, reason, latest, why) => {
      stopped(state, reason, latest);
      const { body } = await get("approver");
      expect(buttons(body)).toEqual(["Resume…"]);
      expect(body).toContain("edition resume daily --date 2026-11-24 --anyway");
      const question = await get("approver", `${path}?ask=resume`);
      expect(text(question.body)).toContain(why);
      expect(question.body).toContain('name="anyway" value="yes"');
      expect(question.body).not.toContain("checkbox");
    });

    test("of an edition that is held before anyone got it, because of the one before; it can be cancelled", async () => {
      const reason =
        "Held because the edition before it (2026-11-23) was not taken well: of 90 readers mailed, 9 bounced.";
      known.show.edition = edition({ state: "held", reason });
      const { body } = await get("approver");
      expect(buttons(body)).toEqual(["Resume…"]);
      expect(body).not.toMatch(/ask=send|ask=skip|value="approve"/);
      expect(text((await get("approver", `${path}?ask=cancel`)).body)).toContain("Nothing goes out for this date.");
    });
  });

  describe("call by call", () => {
    const one = {
      ...{ id: "3f9ac1d2.1", at: "2026-11-24T03:01:02.000Z", readers: 50, seen: 31, undecided: 19 },
      ...{ resendFrom: "2026-11-24T03:16:02.000Z", note: "time-out" },
    };
    beforeEach(() => {
      known.show.edition = edition({ state: "held", counts: { audience: 60, accepted: 38, held: 22 } });
      known.calls = { calls: [one, { ...one, id: "aaaa0000.2", resendFrom: "2026-11-24T04:10:00.000Z" }], more: 4 };
    });

    test("says when each was, how much of it was seen, and from when it may be sent again", async () => {
      const { body } = await get("operator");
      expect(body).toMatch(/title="Call 3f9ac1d2\.1">03:01:02 UTC<.*?>50<.*?>31<.*?>19</s);
      expect(text(body)).toContain("Can be sent again from 04:10:00 UTC.");
      expect(text(body)).toContain("4 newer calls not shown.");
      expect(body).toContain("?ask=resend&amp;call=3f9ac1d2.1");
      expect(body).not.toContain("?ask=resend&amp;call=aaaa0000.2");
      expect((await get("viewer")).body).not.toContain("call=3f9ac1d2.1");
    });

    test("asks only about those whose emails the events don't prove, also while it still waits for events", async () => {
      known.show.edition = edition({ state: "sending", counts: { audience: 100, unknown: 100 } });
      known.calls = {
        calls: [
          { ...one, undecided: 50 },
          { ...one, id: "b.1", seen: 50, undecided: 50 },
        ],
        more: 0,
      };
      const { body } = await get("operator");
      expect(text(body)).toContain("19 deliveries have no known outcome");
      expect(text(body)).toContain("the edition asks you about the others once it stops waiting");
      expect(body).toMatch(/To decide">19<.*To decide">0<\/td><td><\/td>/s);
      expect(text((await get("operator", `${path}?ask=resend&call=${one.id}`)).body)).toContain(
        "Send again to 19 readers?",
      );
      expect(text((await get("operator", `${path}?ask=delivered`)).body)).toContain(
        "Count 19 deliveries as delivered?",
      );
    });

    test("readers who weren't in the call, but wait for it, are not among those to decide about", async () => {
      known.show.edition = edition({ state: "sending", counts: { audience: 60, accepted: 0, unknown: 59 } });
      known.calls = { calls: [one], more: 0 };
      const { body } = await get("operator");
      expect(text(body)).toContain("19 deliveries have no known outcome");
      expect(text(body)).toContain("40 more readers wait for the outcome.");
      known.calls = { calls: [one], more: 3 };
      expect(text((await get("operator")).body)).not.toContain("more readers wait");
    });

    test("leaves out what there is nothing to do for: waiting readers, and deciding on all where it is one call", async () => {
      const counts = { audience: 50, accepted: 0, unknown: 50 };
      known.show.edition = edition({ state: "sending", counts });
      known.calls = { calls: [{ ...one, resendFrom: "2026-11-24T04:10:00.000Z" }], more: 0 };
      const { body } = await get("operator");
      expect(body).not.toMatch(/ask=correct|ask=cancel|value="pause"|edition pause|0<\/b> waiting/);
      expect(body.match(/ask=delivered[^"]*/g)).toEqual(["ask=delivered&amp;call=3f9ac1d2.1"]);
      known.calls.calls.push({ ...one, id: "b.1", resendFrom: "2026-11-24T04:10:00.000Z" });
      expect(text((await get("operator")).body)).not.toContain("Send all again");
      known.show.edition = edition({ state: "sending", counts: { ...counts, audience: 60, waiting: 10 } });
      const waiting = await get("operator");
      expect(waiting.body).toMatch(/value="pause".*ask=correct.*ask=cancel/s);
    });

    test("an edition that only waits for decisions offers these, and nothing to resume or retry", async () => {
      const reason = "Held because 19 of 60 deliveries need a decision: SES gave no answer.";
      known.show.edition = edition({ state: "held", reason, counts: { audience: 60, accepted: 41, held: 19 } });
      known.calls = { calls: [one], more: 0 };
      const { body } = await get("operator");
      expect(body).not.toMatch(/value="resume"|ask=resume|edition resume|value="retry"|ask=cancel/);
      expect(body).toMatch(/ask=resend.*ask=delivered/s);
      known.show.edition = edition({ state: "held", reason, counts: { audience: 60, accepted: 40, held: 20 } });
      expect((await get("operator")).body).toContain('value="retry"');
    });

    test("a question about cancelling counts who may have it, and its two buttons can't be confused", async () => {
      known.show.edition = edition({
        state: "sending",
        counts: { audience: 60, accepted: 5, unknown: 45, waiting: 10 },
      });
      const { body } = await get("operator", `${path}?ask=cancel`);
      expect(text(body)).toContain("5 readers have it already, and 45 more may have it.");
      expect(text(body)).toMatch(/Keep the edition\s+Cancel the edition/);
    });

    test("decides on that one after a question about it alone", async () => {
      const { body } = await get("operator", `${path}?ask=resend&call=3f9ac1d2.1`);
      expect(text(body)).toContain("Send again to 19 readers?");
      expect(text(body)).toContain("The call of 03:01:02 UTC for 50 readers: SES's events name 31 of them.");
      expect(body).toContain("--call 3f9ac1d2.1 --as resend");
      expect(body).toContain('name="call" value="3f9ac1d2.1"');
      await press("operator", { do: "resolve", as: "resend", call: "3f9ac1d2.1" });
      const by = "The operator";
      expect(desk.requests[0]).toEqual({ do: "resolve", ...key, all: false, call: "3f9ac1d2.1", as: "resend", by });
    });

    test("a question about a call that was decided meanwhile doesn't become one about all", async () => {
      const { body } = await get("operator", `${path}?ask=resend&call=3f9ac1d2.9`);
      expect(body).not.toContain('value="resend"');
      expect(text(body)).toMatch(/deliver(?:y has|ies have) no known outcome/);
    });
  });
});

describe("an alarm where there is no edition by its time (C24)", () => {
  test.each<[string, Partial<EditionOutlook>, RegExp | null]>([
    [
      "one that waits for a person and is due",
      { kind: "needs-approval", isUrgent: true },
      /This edition isn't going out/,
    ],
    ["one that waits for a person later", { kind: "needs-approval", needsPerson: true }, null],
    ["one that stopped", { kind: "stopped", isUrgent: true }, /This edition has stopped/],
    ["one that goes out by itself", {}, null],
  ])("%s", async (_what, changed, rings) => {
    known.plan = plan({ outlook: outlook({ text: "What comes next.", ...changed }) });
    const { body } = await get("viewer");
    expect(body.includes('class="alarm"')).toBe(rings !== null);
    expect(text(body)).toMatch(rings ?? /What comes next/);
    // Said once: in the alarm or beside the state.
    expect(text(body).match(/What comes next\./g)).toHaveLength(1);
  });
});

test("an edition that is not drafted yet, or of no newsletter, is not found in words", async () => {
  refuse = ({ do: name }) => (name === "show" ? fault("no-edition", "There is none.") : undefined);
  expect(await get("editor")).toMatchObject({
    status: 404,
    body: expect.stringContaining("This edition isn&#39;t drafted yet."),
  });
  expect((await get("editor", "/desk/nightly/2026-11-24/send")).status).toBe(404);
  expect((await get("editor", "/desk/daily/2026-02-31/send")).status).toBe(404);
});

describe("a skipped or cancelled edition", () => {
  test.each([
    [
      "whose skip is in the log is reopened by undoing it",
      { do: "skip", stands: true },
      { do: "decide", decision: { do: "undo", of: 2 } },
    ],
    ["whose skip was undone already is built again", { do: "skip", stands: false }, { do: "build" }],
    ["for too little news is built again", {}, { do: "build" }],
  ])("%s", async (_, entry, request) => {
    known.show.edition = edition({ state: "skipped", reason: "Too little news." });
    const { body } = await get("editor");
    expect(text(body)).toContain("Reopen edition");
    expect(body).toContain("edition undo daily --date 2026-11-24");
    const log = bench.log.map((one) => (one.n === 2 ? { ...one, ...entry } : one));
    known.workbench = { workbench: { ...bench, log } };
    known.decide = { edition: edition(), workbench: bench };
    known.build = known.decide;
    await press("editor", { do: "reopen" });
    expect(desk.requests.slice(1)).toEqual([{ ...request, ...key, by: "The editor" }]);
  });

  test("of which someone got a part stays as it is", async () => {
    known.show.edition = edition({ state: "cancelled" });
    expect((await get("editor")).body).not.toContain("edition undo");
    known.show.edition = edition({ state: "cancelled", counts: { audience: 100, accepted: 50 } });
    expect(text((await get("editor")).body)).not.toContain("Reopen edition");
  });
});

test("a draft can be skipped, with a reason, once the question is answered", async () => {
  const { body } = await get("editor", `${path}?ask=skip`);
  expect(text(body)).toContain("Skip the edition of Tuesday 24 November?");
  expect(body).toMatch(/name="do" value="skip".*name="reason"/s);
  expect(commands()).not.toContain("decide");
});

describe("a note on the web", () => {
  const at = "2026-11-25T09:00:00.000Z";
  const sent = edition({
    state: "finished",
    counts: { audience: 9, accepted: 9 },
    notes: [{ at, text: "It sails <at> 9." }],
  });

  test("is shown with its date and a link to the page, and an approver can add another", async () => {
    known.show.edition = sent;
    const { body } = await get("approver");
    expect(body).toContain('<a href="/daily/2026-11-24">View the web copy</a>');
    expect(text(body)).toContain("Wednesday, 25 November 2026It sails &lt;at&gt; 9.");
    expect(body).toContain(`href="${path}?ask=note"`);
    expect(text((await get("editor")).body)).toContain("Add note: needs the role approver.");
  });

  test("is written on a page that says what it does, and is the command's", async () => {
    known.show.edition = sent;
    const { body } = await get("approver", `${path}?ask=note`);
    expect(text(body)).toContain("no one is mailed");
    expect(body).toMatch(/<textarea [^>]*name="text"[^>]* autofocus maxlength="600" required/);
    expect(body.match(/autofocus/g)).toHaveLength(1);
    expect(body).toMatch(/<a [^>]*data-cancel>Cancel<\/a><button class="primary">Add note<\/button>/);
    const { status } = await press("approver", { do: "note", text: "It sails at 9." });
    expect(status).toBe(303);
    expect(desk.requests).toEqual([{ do: "note", ...key, text: "It sails at 9.", by: "The approver" }]);
    expect((await press("editor", { do: "note", text: "It sails at 9." })).status).toBe(403);
  });

  test("isn't offered before anyone has the edition", async () => {
    expect(text((await get("approver")).body)).not.toContain("On the web");
  });

  test("that is refused keeps its text in the field", async () => {
    known.show.edition = sent;
    refuse = ({ do: name }) => (name === "note" ? fault("bad-request", "It has 5 notes.") : undefined);
    const { status, body } = await press("approver", { do: "note", text: "It sails </textarea> at 9." });
    expect(status).toBe(400);
    expect(body).toContain("It has 5 notes.");
    expect(body).toContain(">It sails &lt;/textarea&gt; at 9.</textarea>");
  });
});

describe("a correction", () => {
  const sending = edition({ state: "paused", counts: { audience: 100, accepted: 40, waiting: 60 } });
  const edited = { what: "headline", before: "Snow", after: "Rain" };

  test("shows what it changes for which readers, and applies to the version shown", async () => {
    known.show.edition = sending;
    known.workbench = {
      workbench: { ...bench, decisions: 9, pending: { added: [], removed: [], moved: [], edited: [edited] } },
    };
    const { body } = await get("approver", `${path}?ask=correct`);
    expect(text(body)).toContain("Apply the edits for 60 waiting readers?");
    expect(text(body)).toMatch(/Edited headline: Snow Rain/);
    expect(body).toMatch(/name="decisions" value="9"/);
  });

  test("without changes can't be sent", async () => {
    known.show.edition = sending;
    known.workbench = { workbench: bench };
    const { body } = await get("approver", `${path}?ask=correct`);
    expect(text(body)).toContain("There are no edits to apply.");
    expect(body).not.toContain('value="correct"');
  });
});
