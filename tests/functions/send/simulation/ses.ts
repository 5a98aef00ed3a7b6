import type { Answer } from "#domain/delivery/answer.ts";
import type { BulkCall, BulkEntry, Gate } from "#domain/delivery/call.ts";
import { deliveryOf } from "#domain/delivery/tags.ts";
import type { Process } from "./process.ts";
import type { Dice, Time } from "./time.ts";

export type SesFaults = {
  readonly throttle: number;
  readonly dropBefore: number;
  readonly dropAfter: number;
  readonly error500: number;
  readonly unreachable: number;
  readonly slow: number;
  readonly mixed: number;
  readonly transient: number;
  /** The sender stands still between signing and the gate. */
  readonly frozenAfterSigning: number;
  /** It stands still between the gate and the socket: nothing can prevent that. */
  readonly frozenAfterGate: number;
};

export type Accepted = {
  readonly id: string;
  readonly batch: string;
  readonly attempt: number;
  readonly position: number;
  readonly at: number;
};
export type Departure = { readonly at: number; readonly n: number; readonly batch: string; readonly excused: boolean };

const SIGNATURE_LIVES_MS = 5 * 60_000;
const CALL_TIMEOUT_MS = 20_000;

/** SES as the delivery protocol knows it: it takes each call it accepts, whether or not anybody hears its answer. */
export function createSes(time: Time, dice: Dice, faults: SesFaults, account: { rate: number; quota: number | null }) {
  const accepted: Accepted[] = [];
  const departures: Departure[] = [];
  /** Recipients of others, before this story began. */
  let foreign = 0;

  const accept = (entries: readonly BulkEntry[]) => {
    for (const entry of entries) {
      const tag = deliveryOf(Object.fromEntries(entry.tags.map(({ name, value }) => [name, value])));
      if (!tag) throw new Error("a delivery without our tags");
      const { attempt, position, key } = tag;
      const id = entry.to.slice(0, entry.to.indexOf("@"));
      accepted.push({ id, batch: nameOfBatch(key), attempt, position, at: time.now() });
    }
  };
  const success = (n: number) => ({
    is: "results" as const,
    results: Array.from({ length: n }, () => ({ status: "SUCCESS", messageId: dice.hex(8), error: null })),
  });
  const failing = (n: number, status: string) => ({
    is: "results" as const,
    results: Array.from({ length: n }, () => ({ status, messageId: null, error: null })),
  });

  /** The service's side: what happens to a request that arrived, and the answer it sends. */
  const serve = (call: BulkCall, signedAt: number): Answer => {
    const n = call.entries.length;
    if (time.now() - signedAt > SIGNATURE_LIVES_MS) {
      return { is: "error", status: 403, code: "SignatureDoesNotMatch", message: "Signature expired" };
    }
    if (dice.chance(faults.throttle)) {
      return { is: "error", status: 429, code: "TooManyRequestsException", message: "Maximum sending rate exceeded." };
    }
    if (dice.chance(faults.transient)) return failing(n, "TRANSIENT_FAILURE");
    if (n > 1 && dice.chance(faults.mixed)) {
      const taken = call.entries.filter(() => dice.chance(0.7));
      accept(taken);
      if (taken.length === 0) return failing(n, "TRANSIENT_FAILURE");
      // In an order of its own, which nobody may trust.
      return {
        is: "results",
        results: [...success(taken.length).results, ...failing(n - taken.length, "FAILED").results],
      };
    }
    if (dice.chance(faults.error500)) {
      if (dice.chance(0.5)) accept(call.entries);
      return { is: "error", status: 500, code: "InternalServiceErrorException", message: "" };
    }
    accept(call.entries);
    return success(n);
  };

  const request = async (call: BulkCall, signedAt: number): Promise<Answer> => {
    if (dice.chance(faults.unreachable)) return { is: "unreachable", why: "ECONNREFUSED" };
    await time.sleep(dice.between(1, 30));
    if (dice.chance(faults.dropBefore)) return { is: "unanswered", why: "ECONNRESET" };
    const answer = serve(call, signedAt);
    await time.sleep(dice.chance(faults.slow) ? dice.between(3_000, 30_000) : dice.between(5, 80));
    return dice.chance(faults.dropAfter) ? { is: "unanswered", why: "ECONNRESET" } : answer;
  };

  return {
    accepted,
    departures,
    account: async () => ({ ...account, sent24: foreign + accepted.length }),
    sentByOthers: (n: number) => {
      foreign += n;
    },
    /** The client's side, in one process. `signFirst: false` is a planted bug. */
    async sendBulk(process: Process, call: BulkCall, gate: Gate, signFirst: boolean) {
      await time.sleep(dice.between(0, 5));
      await process.goOn();
      const passes = () => gate();
      let verdict = signFirst ? undefined : passes();
      const signedAt = time.now();
      if (dice.chance(faults.frozenAfterSigning)) process.freeze(dice.pick([3_000, 60_000, 240_000, 1_800_000]));
      await process.goOn();
      verdict ??= passes();
      if (verdict !== "go") {
        return verdict === "wait" ? ({ is: "window" } as const) : ({ is: "not-sent", why: "late" } as const);
      }
      if (dice.chance(faults.frozenAfterGate)) process.freeze(dice.pick([30_000, 120_000, 600_000]));
      const gateAt = time.now();
      await process.goOn();
      // Whatever made it stand still here, the gate could not know of it.
      const excused = time.now() > gateAt;
      const batch = batchOf(call.entries[0]);
      departures.push({ at: time.now(), n: call.entries.length, batch, excused });
      const timeout = time.sleep(CALL_TIMEOUT_MS).then((): Answer => ({ is: "unanswered", why: "time-out" }));
      const answer = await Promise.race([request(call, signedAt), timeout]);
      await process.goOn();
      return answer;
    },
  };
}

export const nameOfBatch = (key: { group: string; run: string; first: string; date: string }) =>
  `${key.date} ${key.group} ${key.run} ${key.first}`;

function batchOf(entry: BulkEntry | undefined): string {
  const tags = Object.fromEntries((entry?.tags ?? []).map(({ name, value }) => [name, value]));
  const tag = deliveryOf(tags);
  return tag ? `${nameOfBatch(tag.key)} ${tag.attempt}` : "";
}
