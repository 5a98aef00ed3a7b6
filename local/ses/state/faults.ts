import * as z from "zod";

const common = {
  /** How many calls it strikes; null: every one until the faults are replaced. */
  times: z.number().int().positive().nullable().default(1),
  /** How many matching calls it lets pass first. */
  after: z.number().int().min(0).default(0),
  /** The probability, from 0 to 1, of affecting a matching call. */
  share: z.number().min(0).max(1).default(1),
  /** Only calls of this operation. Default: those that send. */
  operation: z.string().optional(),
  /** Only calls that name this recipient. */
  to: z.string().optional(),
};

/** Faults that affect one call, caused by SES or by the network. */
export const Fault = z.discriminatedUnion("kind", [
  /** 429. `limit: quota` answers as for the 24-hour quota. Nothing is accepted. */
  z.strictObject({ kind: z.literal("throttle"), limit: z.enum(["rate", "quota"]).default("rate"), ...common }),
  /** The connection closes without an answer, before or after SES accepted the call. */
  z.strictObject({ kind: z.literal("drop-before"), ...common }),
  z.strictObject({ kind: z.literal("drop-after"), ...common }),
  /** Accepted `at` the start or the end of a wait of `ms` milliseconds, then answered. */
  z.strictObject({
    kind: z.literal("slow"),
    ms: z.number().int().min(0),
    accepted: z.enum(["first", "last"]).default("first"),
    ...common,
  }),
  /** A server error; `accepted`: SES took the messages all the same. */
  z.strictObject({
    kind: z.literal("5xx"),
    status: z.number().int().min(500).max(599).default(500),
    accepted: z.boolean().default(false),
    ...common,
  }),
  /** Any error SES can answer with. Nothing is accepted. */
  z.strictObject({
    kind: z.literal("error"),
    status: z.number().int().min(400).max(599).default(400),
    type: z.string(),
    message: z.string().default("Simulated."),
    ...common,
  }),
  /** These positions of a bulk call fail with this status; default: every second one. */
  z.strictObject({
    kind: z.literal("partial"),
    positions: z.array(z.number().int().min(0)).optional(),
    status: z.string().default("TRANSIENT_FAILURE"),
    error: z.string().default("Simulated."),
    ...common,
  }),
  /** Accepted, but the answer has its results backwards, one result too few, or cannot be read. */
  z.strictObject({ kind: z.literal("shuffle"), ...common }),
  z.strictObject({ kind: z.literal("short"), ...common }),
  z.strictObject({ kind: z.literal("garbage"), ...common }),
  /**
   * The events of this call never come (those of `types`, or all; each with the chance `each`), come `ms` late, or come
   * `copies` times.
   */
  z.strictObject({
    kind: z.literal("lose-events"),
    types: z.array(z.string()).optional(),
    each: z.number().min(0).max(1).default(1),
    ...common,
  }),
  z.strictObject({ kind: z.literal("late-events"), ms: z.number().int().min(0), ...common }),
  z.strictObject({ kind: z.literal("double-events"), copies: z.number().int().min(2).default(2), ...common }),
  /** The outcome of this call's mail after acceptance; with `to`, only for that recipient. */
  z.strictObject({
    kind: z.literal("fate"),
    fate: z.enum(["bounced", "soft-bounced", "complained", "rejected", "delayed", "suppressed", "unrendered"]),
    ...common,
  }),
]);
export type Fault = z.infer<typeof Fault>;
type FaultKind = Fault["kind"];
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

/** The faults that strike one call. */
export type Struck = { all: readonly Fault[]; first: <K extends FaultKind>(kind: K) => FaultOf<K> | undefined };

const sends = ["SendEmail", "SendBulkEmail"];

/**
 * The faults asked for, counted down as calls come.
 * @param random from 0 up to 1, for the faults with a `share`
 */
export function createFaults(random: () => number) {
  let waiting: { fault: Fault; after: number; left: number }[] = [];
  return {
    set(faults: readonly Fault[]) {
      waiting = faults.map((fault) => ({ fault, after: fault.after, left: fault.times ?? Number.POSITIVE_INFINITY }));
    },
    /** What is still to come, with how often. */
    list: () =>
      waiting.map(({ fault, after, left }) => ({ ...fault, after, times: Number.isFinite(left) ? left : null })),
    /** Takes the faults of a call; each is used up by one. */
    strike(operation: string, recipients: readonly string[]): Struck {
      const struck: Fault[] = [];
      for (const entry of waiting) {
        if (!matches(entry.fault, operation, recipients)) continue;
        if (entry.after > 0) entry.after--;
        else if (entry.left > 0 && random() < entry.fault.share) {
          entry.left--;
          struck.push(entry.fault);
        }
      }
      waiting = waiting.filter((entry) => entry.left > 0);
      return {
        all: struck,
        first: <K extends FaultKind>(kind: K) => struck.find((fault): fault is FaultOf<K> => fault.kind === kind),
      };
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;

function matches(fault: Fault, operation: string, recipients: readonly string[]): boolean {
  if (fault.operation === undefined ? !sends.includes(operation) : fault.operation !== operation) return false;
  return fault.to === undefined || recipients.includes(fault.to.toLowerCase());
}
