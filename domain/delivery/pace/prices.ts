import type { SesPlan } from "./sender.ts";
import { sendersAt } from "./shares.ts";

/**
 * AWS's prices in us-east-1, in US dollars, from its public price pages on that date. All of Broadsheet's cost figures
 * use this list; other regions differ by some percent, and free tiers are left out.
 */
export const prices = {
  date: "2026-11-20",
  region: "us-east-1",
  /** DynamoDB on demand: a write of 1 KB, a strongly consistent read of 4 KB. */
  tableWrite: 0.625 / 1_000_000,
  tableRead: 0.125 / 1_000_000,
  /** SQS, for each call. */
  queueCall: 0.4 / 1_000_000,
  /** Lambda on arm64. */
  functionGigabyteSecond: 0.0000133334,
  functionCall: 0.2 / 1_000_000,
} as const;

/** Dollars for a thousand recipients, by how many the account has already sent in the month. */
type Tier = { readonly from: number; readonly dollars: number };
const essentials: readonly Tier[] = [
  { from: 0, dollars: 0.16 },
  { from: 10_000_000, dollars: 0.14 },
  { from: 50_000_000, dollars: 0.11 },
];

/**
 * By SES's plan, named as in GetAccount. Accounts new since July 2026 have Essentials; older ones have none and pay as
 * they go. Pro and Enterprise are counted at Essentials' rates, because their further fees are individual.
 * https://aws.amazon.com/ses/pricing/
 */
const sesTiers: Readonly<Record<SesPlan, readonly Tier[]>> = {
  none: [{ from: 0, dollars: 0.1 }],
  essentials,
  pro: essentials,
  enterprise: essentials,
};

/** SES's fee for this many recipients in one month. */
export function sesFee(recipients: number, plan: SesPlan): number {
  const tiers = sesTiers[plan];
  return tiers.reduce((sum, { from, dollars }, at) => {
    const end = tiers[at + 1]?.from ?? Number.POSITIVE_INFINITY;
    return sum + (Math.max(0, Math.min(recipients, end) - from) / 1_000) * dollars;
  }, 0);
}

/** An edition's share of the fee for a month with one edition a day. */
const DAYS = 30;
const editionFee = (readers: number, plan: SesPlan): number => sesFee(readers * DAYS, plan) / DAYS;

/** US dollars: SES's own fee, and Broadsheet's cost for table, queues and functions. */
type Cost = { readonly ses: number; readonly rest: number };

/** What an edition uses, in the units that AWS counts, and its cost in US dollars. */
type CostPart = {
  readonly what: "recipients" | "writes" | "reads" | "queue calls" | "gigabyte-seconds";
  readonly units: number;
  readonly dollars: number;
};

/** For a batch, as counted by `npm run bench -- cost`: the freeze, the claim, and a record with its message ids. */
const BATCH_WRITES = 4;
/**
 * For a reader: reading their status, and their share of reading the audience and batches. A list of this size is read
 * by ranges of ids, unless neighbours are due at different times.
 */
const READER_READS = { byRange: 0.16, byId: 1.12 };
const READ_BY_RANGE_FROM = 5_000;
/** The share of readers with a bounce or complaint; each writes an outcome, the subscriber with its history, and counts. */
const TROUBLE = 0.015;
const TROUBLE_WRITES = 6;
/** Into the queue, and out of it ten at a time; Send and Delivery of each. */
const EVENT_CALLS = 1.2;
const EVENTS_CONFIRMED = 2;
/**
 * For an event: its share of reading a batch's item, and of half a gigabyte for a tenth of a second for a hundred
 * events.
 */
const EVENT_READS = 0.09;
const EVENT_GIGABYTE_SECONDS = 0.0005;
/** One sender's memory, and that of each of several, with a whole processor. */
const SENDER_GIGABYTES = { one: 0.5, ofSeveral: 1.73 };

type EditionSize = {
  readonly readers: number;
  /** Recipients a call to SES. */
  readonly size: number;
  /** Recipients a second, which determines how long the sender runs. */
  readonly rate: number;
  /** Whether SES reports each acceptance and delivery. */
  readonly confirmations: boolean;
  /** Whether each reader gets it at their own time. */
  readonly inLocalTime?: boolean;
  /** The most senders that share the rate. Absent: one. */
  readonly senders?: number;
  readonly plan: SesPlan;
};

const eventsOf = ({ readers, confirmations }: Pick<EditionSize, "readers" | "confirmations">): number =>
  readers * (confirmations ? EVENTS_CONFIRMED : TROUBLE);

/** What an edition costs, by the calls it takes. */
export function costParts(edition: EditionSize): CostPart[] {
  const { readers, size, rate, senders = 1, plan } = edition;
  const batches = Math.ceil(readers / size);
  const events = eventsOf(edition);
  const part = (what: CostPart["what"], units: number, price: number) => ({ what, units, dollars: units * price });
  const gigabytes = senders === 1 ? SENDER_GIGABYTES.one : sendersAt(rate, senders) * SENDER_GIGABYTES.ofSeveral;
  const readerReads = READER_READS[readers >= READ_BY_RANGE_FROM && !edition.inLocalTime ? "byRange" : "byId"];
  return [
    { what: "recipients", units: readers, dollars: editionFee(readers, plan) },
    part("writes", batches * BATCH_WRITES + readers * TROUBLE * TROUBLE_WRITES, prices.tableWrite),
    part("reads", readers * readerReads + events * EVENT_READS, prices.tableRead),
    part("queue calls", events * EVENT_CALLS, prices.queueCall),
    part(
      "gigabyte-seconds",
      (readers / rate) * gigabytes + events * EVENT_GIGABYTE_SECONDS,
      prices.functionGigabyteSecond,
    ),
  ];
}

/**
 * Possible further cost of EventBridge. By its price page, events of AWS services are free and opt-in events cost $1 a
 * million; it doesn't say which SES's are, so only a bill shows it. https://aws.amazon.com/eventbridge/pricing/
 */
export const possibleEventFee = (edition: Pick<EditionSize, "readers" | "confirmations">): number =>
  eventsOf(edition) / 1_000_000;

/** The same as two sums. */
export function costOf(edition: EditionSize): Cost {
  const parts = costParts(edition);
  const sum = (some: readonly CostPart[]) => some.reduce((total, { dollars }) => total + dollars, 0);
  return {
    ses: sum(parts.filter(({ what }) => what === "recipients")),
    rest: sum(parts.filter(({ what }) => what !== "recipients")),
  };
}
