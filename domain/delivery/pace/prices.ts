/**
 * What AWS asks for in us-east-1, in US dollars, as its public price pages said on that date. One list for every figure
 * that Broadsheet names; other regions differ by some percent, and free tiers are left out.
 */
export const prices = {
  date: "2026-11-20",
  region: "us-east-1",
  /** SES, for each recipient. */
  sesRecipient: 0.1 / 1_000,
  /** DynamoDB on demand: a write of 1 KB, a strongly consistent read of 4 KB. */
  tableWrite: 0.625 / 1_000_000,
  tableRead: 0.125 / 1_000_000,
  /** SQS, for each call. EventBridge brings the events of AWS's own services for nothing. */
  queueCall: 0.4 / 1_000_000,
  /** Lambda on arm64. */
  functionGigabyteSecond: 0.0000133334,
  functionCall: 0.2 / 1_000_000,
} as const;

/** US dollars: SES's own fee, and what Broadsheet adds in table, queues and functions. */
type Cost = { readonly ses: number; readonly rest: number };

/** What an edition asks AWS for, in the units that AWS counts, and what it comes to in US dollars. */
type CostPart = {
  readonly what: "recipients" | "writes" | "reads" | "queue calls" | "gigabyte-seconds";
  readonly units: number;
  readonly dollars: number;
};

/** Of a batch, as `npm run bench -- cost` counts it: the freeze, the claim, and a record with its message ids. */
const BATCH_WRITES = 6;
/** Of a reader: their status as of now, and their part of what is read of the audience and of batches. */
const READER_READS = 1.12;
/** Bounces and complaints, of the readers; each writes itself, the edition's count and the subscriber. */
const TROUBLE = 0.015;
const TROUBLE_WRITES = 3;
/** In and out of the queue, out ten at a time; Send and Delivery of each. */
const EVENT_CALLS = 1.2;
const EVENTS_CONFIRMED = 2;
/** Of an event: a batch's item read once for some of them, and half a gigabyte for a tenth of a second a hundred. */
const EVENT_READS = 0.04;
const EVENT_GIGABYTE_SECONDS = 0.0005;
const SENDER_GIGABYTES = 0.5;

/**
 * What an edition costs, by the calls it takes.
 * @param size recipients a call to SES
 * @param rate recipients a second, which says how long the sender runs
 */
export function costParts(readers: number, size: number, rate: number, confirmations: boolean): CostPart[] {
  const batches = Math.ceil(readers / size);
  const events = readers * (confirmations ? EVENTS_CONFIRMED : TROUBLE);
  const part = (what: CostPart["what"], units: number, price: number) => ({ what, units, dollars: units * price });
  return [
    part("recipients", readers, prices.sesRecipient),
    part("writes", batches * BATCH_WRITES + readers * TROUBLE * TROUBLE_WRITES, prices.tableWrite),
    part("reads", readers * READER_READS + events * EVENT_READS, prices.tableRead),
    part("queue calls", events * EVENT_CALLS, prices.queueCall),
    part(
      "gigabyte-seconds",
      (readers / rate) * SENDER_GIGABYTES + events * EVENT_GIGABYTE_SECONDS,
      prices.functionGigabyteSecond,
    ),
  ];
}

/** The same in two sums. */
export function costOf(readers: number, size: number, rate: number, confirmations: boolean): Cost {
  const parts = costParts(readers, size, rate, confirmations);
  const sum = (some: readonly CostPart[]) => some.reduce((total, { dollars }) => total + dollars, 0);
  return {
    ses: sum(parts.filter(({ what }) => what === "recipients")),
    rest: sum(parts.filter(({ what }) => what !== "recipients")),
  };
}
