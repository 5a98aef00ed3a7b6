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
export type Cost = { readonly ses: number; readonly rest: number };

/** Of a batch: one write at the freeze, one for its claim, three for its record; reads of it for claim and close. */
const BATCH_WRITES = 5;
const BATCH_READS = 4;
/** Of a reader: their status as of now, and an eighth of a read when the audience is frozen. */
const READER_READS = 1.125;
/** Of each event of SES: in and out of the queue, ten at a time, and the function that reads them. */
const EVENT = prices.queueCall * 1.2 + 3e-8;

/**
 * What an edition costs, by the calls it takes. Bounces and complaints come at about 1.5 % of the readers.
 * @param size recipients a call to SES
 * @param rate recipients a second, which says how long the sender runs
 */
export function costOf(readers: number, size: number, rate: number, confirmations: boolean): Cost {
  const batches = Math.ceil(readers / size);
  const writes = batches * BATCH_WRITES + readers * 0.015 * 3;
  const reads = batches * BATCH_READS + readers * READER_READS;
  const seconds = (readers / rate) * 0.5;
  const events = readers * (confirmations ? 2 : 0.015) * EVENT;
  const table = writes * prices.tableWrite + reads * prices.tableRead;
  return { ses: readers * prices.sesRecipient, rest: table + seconds * prices.functionGigabyteSecond + events };
}
