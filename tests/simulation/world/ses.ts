import type { EntryResult, SesAnswer } from "#domain/delivery/calls/answer.ts";
import type { BulkCall, BulkEntry, Gate } from "#domain/delivery/calls/call.ts";
import { type DeliveryTag, deliveryOf } from "#domain/delivery/calls/tags.ts";
import type { SesFaults } from "../conditions.ts";
import type { Process } from "./process.ts";
import type { Dice, Time } from "./time.ts";

export type Accepted = {
  readonly id: string;
  readonly tag: DeliveryTag;
  readonly batch: string;
  readonly attempt: number;
  readonly position: number;
  readonly messageId: string;
  readonly at: number;
};
export type Departure = {
  readonly at: number;
  readonly n: number;
  readonly batch: string;
  readonly excused: boolean;
  /** The rate that the process knew, and when it last read it from SES. */
  readonly rate: number;
  /** SES refused it for another reason than the daily quota, so it doesn't count towards the quota. */
  refused: boolean;
};

const SIGNATURE_LIVES_MS = 5 * 60_000;
const CALL_TIMEOUT_MS = 20_000;
const DAY_MS = 24 * 3_600_000;

/** The account's limits, and what others have sent from it. */
type SesAccount = {
  readonly rateAt: (at: number) => number;
  readonly quotaAt: (at: number) => number | null;
  readonly foreign: { readonly at: number; readonly n: number }[];
};
export type SesPlan = {
  /** Called at every answer. */
  readonly note: (what: string) => void;
  readonly faults: SesFaults;
  readonly account: SesAccount;
  readonly heard: (one: Accepted) => void;
};
/** Planted mistakes of a client. */
type ClientBug = { readonly gateFirst: boolean; readonly retries: boolean };

/** SES as the delivery protocol sees it: an accepted call is sent, whether or not its answer arrives. */
export function createSes(time: Time, dice: Dice, { faults, account, heard, note }: SesPlan) {
  const accepted: Accepted[] = [];
  const departures: Departure[] = [];
  let arrived: { at: number; n: number }[] = [];

  let expired = 0;
  const sent24 = () => {
    const since = time.now() - DAY_MS;
    while ((accepted[expired]?.at ?? Number.POSITIVE_INFINITY) <= since) expired += 1;
    const own = accepted.length - expired;
    return account.foreign.reduce((sum, { at, n }) => sum + (at > since && at <= time.now() ? n : 0), own);
  };
  const accept = (entries: readonly BulkEntry[]): Accepted[] =>
    entries.map((entry) => {
      const tag = tagOf(entry);
      if (!tag) throw new Error("a delivery without our tags");
      const { attempt, position, key } = tag;
      const id = entry.to.slice(0, entry.to.indexOf("@"));
      const one = { id, tag, batch: nameOfBatch(key), attempt, position, messageId: dice.hex(8), at: time.now() };
      accepted.push(one);
      heard(one);
      return one;
    });
  const success = (taken: readonly Accepted[]) =>
    taken.map(({ messageId }) => ({ status: "SUCCESS", messageId, error: null }));
  const results = (all: readonly EntryResult[]): SesAnswer => ({ is: "results", results: all });

  /** Whether this exceeds the rate by more than a short burst. */
  const tooFast = (n: number): boolean => {
    arrived = arrived.filter(({ at }) => at > time.now() - 1_000);
    const sum = arrived.reduce((total, one) => total + one.n, n);
    return sum > Math.max(1, account.rateAt(time.now())) * 2 + 1;
  };

  /** The service's side: what happens to a request that arrived, and the answer it sends. */
  const serve = (call: BulkCall, signedAt: number): SesAnswer => {
    const n = call.entries.length;
    const error = (status: number, code: string, message = ""): SesAnswer => ({ is: "error", status, code, message });
    if (Math.abs(time.now() - signedAt) > SIGNATURE_LIVES_MS) {
      return error(403, "SignatureDoesNotMatch", "Signature expired");
    }
    const quota = account.quotaAt(time.now());
    if (quota !== null && sent24() + n > quota) {
      return error(400, "LimitExceededException", "Daily message quota exceeded.");
    }
    if (tooFast(n) || dice.chance(faults.throttle)) {
      return dice.chance(0.7)
        ? error(429, "TooManyRequestsException", "Maximum sending rate exceeded.")
        : results(failing(n, "ACCOUNT_THROTTLED"));
    }
    arrived.push({ at: time.now(), n });
    if (call.entries.some(({ to }) => isSpoiled(to, faults.spoiled))) return error(400, "BadRequestException");
    if (dice.chance(faults.transient)) return results(failing(n, "TRANSIENT_FAILURE"));
    if (n > 1 && dice.chance(faults.mixed)) return mixed(call);
    if (dice.chance(faults.error500)) return halfDone(call, error(500, "InternalServiceErrorException"));
    return results(success(accept(call.entries)));
  };
  /** The order of its results proves nothing by itself. */
  const mixed = (call: BulkCall): SesAnswer => {
    // If it lists results in an order, only one or two fail; more would soon reveal the order.
    const isTaken = call.entries.map(() => dice.chance(faults.listing === "any" ? 0.7 : 0.93));
    if (isTaken.every((is) => is)) isTaken[isTaken.length - 1] = false;
    const taken = success(accept(call.entries.filter((_, at) => isTaken[at])));
    const status = dice.pick(["FAILED", "TRANSIENT_FAILURE", "MESSAGE_REJECTED"]);
    const failed = failing(call.entries.length - taken.length, status);
    if (faults.listing === "taken first") return results([...taken, ...failed]);
    if (faults.listing === "any") return results(shuffled(dice, [...taken, ...failed]));
    return results(isTaken.flatMap((is) => (is ? taken : failed).shift() ?? []));
  };
  /** An unclear answer: SES failed before or after accepting, or its answer is cut off. */
  const halfDone = (call: BulkCall, failure: SesAnswer): SesAnswer => {
    if (dice.chance(0.4)) return failure;
    const taken = accept(call.entries);
    return dice.chance(0.5) ? failure : results(success(taken.slice(1)));
  };

  const request = async (call: BulkCall, signedAt: number): Promise<SesAnswer> => {
    if (dice.chance(faults.unreachable)) return { is: "unreachable", why: "ECONNREFUSED" };
    await time.sleep(dice.between(1, 30));
    if (dice.chance(faults.dropBefore)) {
      if (dice.chance(faults.straggles)) void time.sleep(dice.between(0, 320_000)).then(() => serve(call, signedAt));
      return { is: "unanswered", why: "ECONNRESET" };
    }
    const answer = serve(call, signedAt);
    note(
      `answered ${nameOfCall(call)}: ${answer.is === "results" ? answer.results.map(({ status }) => status) : answer.is}`,
    );
    await time.sleep(dice.chance(faults.slow) ? dice.between(3_000, 30_000) : dice.between(5, 80));
    return dice.chance(faults.dropAfter) ? { is: "unanswered", why: "ECONNRESET" } : answer;
  };

  /** The client's side, in one process. */
  const sendBulk = async (process: Process, rate: () => number, call: BulkCall, gate: Gate, bug: ClientBug) => {
    await process.clock.sleep(dice.between(0, 5));
    let verdict = bug.gateFirst ? gate() : undefined;
    const signedAt = process.clock.now();
    if (dice.chance(faults.frozenAfterSigning)) process.freeze(dice.pick([3_000, 60_000, 240_000, 1_800_000]));
    await process.goOn();
    verdict ??= gate();
    if (verdict === "wait") return { is: "window" } as const;
    if (verdict === "late") return { is: "not-sent", why: "late" } as const;
    const dies = await process.dieBefore("ses.sendBulk");
    if (dice.chance(faults.frozenAfterGate)) process.freeze(dice.pick([30_000, 120_000, 600_000]));
    const gateAt = time.now();
    await process.goOn();
    // The process was frozen after the gate, which the gate could not know.
    const excused = time.now() > gateAt;
    const batch = nameOfCall(call);
    const departure = { at: time.now(), n: call.entries.length, batch, excused, rate: rate(), refused: false };
    departures.push(departure);
    const ask = () => {
      const timeout = time.sleep(CALL_TIMEOUT_MS).then((): SesAnswer => ({ is: "unanswered", why: "time-out" }));
      return Promise.race([request(call, signedAt), timeout]);
    };
    let answer = await ask();
    if (bug.retries && answer.is === "unanswered") answer = await ask();
    departure.refused = isRefusal(answer);
    if (dies) await process.die("ses.sendBulk");
    await process.goOn();
    return answer;
  };
  return {
    accepted,
    departures,
    account: async () => ({ rate: account.rateAt(time.now()), quota: account.quotaAt(time.now()), sent24: sent24() }),
    sendBulk,
  };
}

/** SES refused it, but not because of the daily quota. */
const isRefusal = (answer: SesAnswer): boolean =>
  answer.is === "unreachable" ||
  (answer.is === "error" && answer.status < 500 && answer.code !== "LimitExceededException") ||
  (answer.is === "results" && answer.results.every(({ status }) => status !== "SUCCESS"));

/** Whether SES always refuses this address, which the last digits of its id decide. */
const isSpoiled = (address: string, part: number): boolean =>
  part > 0 && Number.parseInt(address.slice(20, 24), 16) / 65_536 < part;

const failing = (n: number, status: string): EntryResult[] =>
  Array.from({ length: n }, () => ({ status, messageId: null, error: null }));

function shuffled<T>(dice: Dice, all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: dice.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

export const nameOfBatch = (key: { newsletter: string; group: string; run: string; first: string; date: string }) =>
  `${key.newsletter} ${key.date} ${key.group} ${key.run} ${key.first}`;

export const tagOf = (entry: BulkEntry | undefined) =>
  deliveryOf(Object.fromEntries((entry?.tags ?? []).map(({ name, value }) => [name, value])));

/** The batch and the attempt that a call is for. */
export function nameOfCall(call: BulkCall): string {
  const tag = tagOf(call.entries[0]);
  return tag ? `${nameOfBatch(tag.key)} ${tag.attempt}` : "";
}
