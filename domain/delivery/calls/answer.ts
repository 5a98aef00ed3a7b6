import { counted } from "../../counted.ts";
/** The result of one SendBulkEmail call. */
export type EntryResult = { readonly status: string; readonly messageId: string | null; readonly error: string | null };
export type SesAnswer =
  | { readonly is: "results"; readonly results: readonly EntryResult[] }
  /** SES answered with an error. */
  | { readonly is: "error"; readonly status: number; readonly code: string; readonly message: string }
  /** No connection (DNS, refused, TLS), so nothing can have been accepted. */
  | { readonly is: "unreachable"; readonly why: string }
  /** Timeout, reset or unreadable: SES may have accepted it. */
  | { readonly is: "unanswered"; readonly why: string }
  /** The gate stopped it before the socket: too late after the claim, or after the lease's renewal. */
  | { readonly is: "not-sent"; readonly why: string };

/** The effect of an answer on the deliveries in the call. */
export type Effect =
  | { readonly is: "accepted"; readonly messageIds: readonly string[] }
  /** Nothing was accepted; try again. */
  | {
      readonly is: "again";
      readonly afterSeconds: number;
      /** Retry with one call a reader, because one of them makes the call fail. */
      readonly single: boolean;
      /** Retry with halves of the call, because an unknown reader makes it fail. */
      readonly split: boolean;
      /** SES or the network is at fault; waiting for the quota or for our own pace isn't a refusal. */
      readonly refused: boolean;
      readonly why: string;
    }
  | { readonly is: "refused"; readonly why: string }
  /** Every entry failed with a transient error. */
  | { readonly is: "passing"; readonly why: string }
  | { readonly is: "unknown"; readonly why: string }
  /** `accepted` of them were accepted, and it isn't known which. */
  | {
      readonly is: "mixed";
      readonly accepted: number;
      /**
       * Message ids in the order of the answer, "" for a failure; absent: SES didn't return a unique id for every
       * accepted message.
       */
      readonly messageIds?: readonly string[];
      readonly why: string;
    };

/** The effect on the sender, or on the whole edition. */
export type Consequence =
  | { readonly is: "none" }
  | { readonly is: "slow-down" }
  | { readonly is: "quota-used-up" }
  | { readonly is: "hold-edition"; readonly reason: string }
  | { readonly is: "halt-edition"; readonly reason: string }
  | { readonly is: "end-run"; readonly reason: string };

export type Verdict = { readonly effect: Effect; readonly consequence: Consequence };

const none: Consequence = { is: "none" };
const retry = (why: string, afterSeconds = 0, { single = false, split = false } = {}): Effect => ({
  is: "again",
  afterSeconds,
  single,
  split,
  refused: true,
  why,
});
/** Nothing was refused; the sender has to wait. */
export const retryLater = (why: string, afterSeconds = 0): Effect => ({
  is: "again",
  afterSeconds,
  single: false,
  split: false,
  refused: false,
  why,
});

/** A person has to fix this first. Names of errors are those of SES API v2 and of its entries. */
const accountProblems: readonly [pattern: RegExp, reason: string][] = [
  [/^(SendingPausedException|ACCOUNT_SENDING_PAUSED)$/, "SES has paused sending for this account"],
  [/^CONFIGURATION_SET_SENDING_PAUSED$/, "SES has paused sending for the configuration set"],
  [/^(AccountSuspendedException|ACCOUNT_SUSPENDED)$/, "SES has suspended this account"],
  [/^(MailFromDomainNotVerified(Exception)?|MAIL_FROM_DOMAIN_NOT_VERIFIED)$/, "the MAIL FROM domain is not verified"],
  [
    /^(NotFoundException|CONFIGURATION_SET_NOT_FOUND|ConfigurationSetDoesNotExist\w*)$/,
    "SES does not find what it needs",
  ],
  [/^INVALID_SENDING_POOL_NAME$/, "the configuration set names an unknown pool of addresses"],
  [/^(AccessDenied(Exception)?|UnrecognizedClientException|InvalidClientTokenId)$/, "access to SES is denied"],
];
const unverified = /not verified|sandbox/i;
// bounded: a message of SES, at most some 1,000 characters
const noConfigurationSet = /configuration set\b.*\b(not exist|not found)/i;
const clockTrouble =
  /^(SignatureDoesNotMatch|RequestExpired|RequestTimeTooSkewed|InvalidSignatureException|ExpiredToken(Exception)?)$/;
const throttled = /Throttl|TooManyRequests|LimitExceeded|SlowDown/i;
const quotaText = /daily|24.?hour|quota/i;
const transientStatuses = new Set(["ACCOUNT_THROTTLED", "TRANSIENT_FAILURE", "ACCOUNT_DAILY_QUOTA_EXCEEDED", "FAILED"]);

/**
 * Interprets the answer to a call with `n` entries. A 4xx other than 408 means that nothing was accepted; without an
 * answer, or after 5xx, it isn't known. It never relies on the order of results, which SES API v2 doesn't promise.
 */
export function interpretAnswer(answer: SesAnswer, n: number): Verdict {
  switch (answer.is) {
    case "results":
      return interpretResults(answer.results, n);
    case "error":
      return interpretError(answer, n);
    case "unreachable":
      return { effect: retry(`SES could not be reached: ${answer.why}`, 5), consequence: none };
    case "unanswered":
      return { effect: { is: "unknown", why: answer.why }, consequence: none };
    case "not-sent":
      return { effect: retryLater(`not sent: ${answer.why}`), consequence: none };
  }
}

function interpretError({ status, code, message }: Extract<SesAnswer, { is: "error" }>, n: number): Verdict {
  const why = `SES answered ${status} ${code}: ${withoutAddresses(message)}`;
  if (status < 400 || status >= 500 || status === 408) return { effect: { is: "unknown", why }, consequence: none };
  if (status === 429 || throttled.test(code)) {
    if (quotaText.test(message)) return { effect: retryLater(why), consequence: { is: "quota-used-up" } };
    return { effect: retry(why, 1), consequence: { is: "slow-down" } };
  }
  const problem = accountProblem(code, message);
  if (problem) return { effect: retry(why), consequence: { is: "hold-edition", reason: problem } };
  if (clockTrouble.test(code) || (status === 403 && /signature|expired|skew/i.test(message))) {
    return { effect: retry(why), consequence: { is: "end-run", reason: why } };
  }
  if (status === 403) {
    return {
      effect: retry(why),
      consequence: { is: "hold-edition", reason: heldReason("access to SES is denied", message) },
    };
  }
  return { effect: n === 1 ? { is: "refused", why } : retry(why, 0, { split: true }), consequence: none };
}

function interpretResults(results: readonly EntryResult[], n: number): Verdict {
  if (results.length !== n) {
    const why = `SES gave ${counted(results.length, "result")} for ${counted(n, "entry", "entries")}`;
    return { effect: { is: "unknown", why }, consequence: none };
  }
  const accepted = results.filter(({ status }) => status === "SUCCESS").length;
  if (accepted === n) {
    const messageIds = results.map(({ messageId }) => messageId ?? "");
    return { effect: { is: "accepted", messageIds }, consequence: none };
  }
  const failures = results.filter(({ status }) => status !== "SUCCESS");
  const statuses = [...new Set(failures.map(({ status }) => status))];
  const why = `SES took ${accepted} of ${n}: ${statuses.join(", ")}`;
  if (accepted > 0) return { effect: { is: "mixed", accepted, ...answeredIds(results), why }, consequence: none };
  const [first] = failures;
  // None was accepted, for different reasons that can't be assigned to entries, so each is retried alone.
  if (!first || statuses.length > 1) return { effect: retry(why, 60, { single: true }), consequence: none };
  return interpretUniformFailure(first, why);
}

function answeredIds(results: readonly EntryResult[]): { messageIds?: readonly string[] } {
  const taken = results.flatMap(({ status, messageId }) => (status === "SUCCESS" ? [messageId ?? ""] : []));
  if (taken.includes("") || new Set(taken).size < taken.length) return {};
  return { messageIds: results.map(({ status, messageId }) => (status === "SUCCESS" ? (messageId ?? "") : "")) };
}

/** Every entry failed, with the same status. */
function interpretUniformFailure({ status, error }: EntryResult, why: string): Verdict {
  const problem = accountProblem(status, error ?? "");
  if (problem) return { effect: retry(why), consequence: { is: "hold-edition", reason: problem } };
  if (!transientStatuses.has(status)) return { effect: { is: "refused", why }, consequence: none };
  if (status === "ACCOUNT_DAILY_QUOTA_EXCEEDED") {
    return { effect: { is: "passing", why }, consequence: { is: "quota-used-up" } };
  }
  const consequence: Consequence = status === "ACCOUNT_THROTTLED" ? { is: "slow-down" } : none;
  return { effect: { is: "passing", why }, consequence };
}

function accountProblem(code: string, message: string): string | undefined {
  const known = accountProblems.find(([pattern]) => pattern.test(code));
  if (known) return heldReason(known[1], message);
  if (unverified.test(message))
    return heldReason("the sender is not verified in SES, or the account is in its sandbox", message);
  if (noConfigurationSet.test(message)) return heldReason("the configuration set does not exist", message);
  return undefined;
}

const heldReason = (problem: string, message: string) =>
  `Held because ${problem}${message ? ` (SES: ${withoutAddresses(message)})` : ""}. Fix that, then send it again.`;

/** A quoted local part, up to its @. */
const QUOTED = /"[^"]{0,64}"(?=@)/g;
/** Characters around addresses in messages; an apostrophe can be part of an address. */
const WORD = /[^\s<>,:;"()[\]]+/g;
/** `@` as it is, URL-encoded, and full-width. */
const AT = /@|%40|\uff20/;

/** SES and receivers repeat addresses in their messages, which are shown and logged. */
export const withoutAddresses = (text: string): string =>
  text
    .replace(QUOTED, "")
    .replace(WORD, (word) => (AT.test(word) ? "(address)" : word))
    .slice(0, 300);
