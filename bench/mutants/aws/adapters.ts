import type { Mutant } from "../mutant.ts";

/** Mistakes in what speaks to the table and to SES. */
export const adapterMutants: readonly Mutant[] = [
  {
    mistake: "what was seen of a batch is read eventually consistent",
    file: "adapters/dynamo/delivery/evidence.ts",
    find: "getItem(table, seenKeys(key))",
    replace: "getItem(table, seenKeys(key), false)",
    tests: ["tests/contracts/strong-reads.test.ts"],
  },
  {
    mistake: "every query is eventually consistent",
    file: "adapters/dynamo/query.ts",
    find: "new QueryCommand({ ConsistentRead: true,",
    replace: "new QueryCommand({ ConsistentRead: false,",
    tests: ["tests/contracts/strong-reads.test.ts"],
  },
  {
    mistake: "one subscriber is read eventually consistent",
    file: "adapters/dynamo/audience/subscribers.ts",
    find: "getItem(table, subscriberKeys(newsletter, id))",
    replace: "getItem(table, subscriberKeys(newsletter, id), false)",
    tests: ["tests/contracts/strong-reads.test.ts"],
  },
  {
    mistake: "many subscribers are read eventually consistent",
    file: "adapters/dynamo/audience/subscribers.ts",
    find: "getAll(table, keys, consistent)",
    replace: "getAll(table, keys, false)",
    tests: ["tests/contracts/strong-reads.test.ts"],
  },
  {
    mistake: "a subscriber that changed since it was read is written over",
    file: "adapters/dynamo/audience/subscribers.ts",
    find: '"#status = :status AND changedAt = :changedAt"',
    replace: '"#status = :status AND changedAt <= :changedAt"',
    tests: ["tests/contracts/strong-reads.test.ts"],
  },
  {
    mistake: "a subscriber that was changed back since it was read is written over",
    file: "adapters/dynamo/audience/subscribers.ts",
    find: '"#status = :status AND changedAt = :changedAt"',
    replace: '"#status = :status AND changedAt >= :changedAt"',
    tests: ["tests/contracts/strong-reads.test.ts"],
  },
  {
    mistake: "a subscriber is written without a condition",
    file: "adapters/dynamo/audience/subscribers.ts",
    find: "toSubscriberItem(after), before === undefined ? isNew : isAsRead(before)",
    replace: "toSubscriberItem(after)",
    tests: ["tests/contracts/audience/subscribers.test.ts"],
  },
  {
    mistake: "the clock's skew is measured in the wrong unit",
    file: "adapters/dynamo/skew.ts",
    find: "Math.max(0, ahead - 1000)",
    replace: "Math.max(0, ahead - 1000) / 1000",
    tests: ["tests/contracts/delivery/ses-one.test.ts"],
  },
  {
    mistake: "batches expire as soon as they are written",
    file: "adapters/dynamo/delivery/batches.ts",
    find: "export const KEPT_SECONDS = 90 * 24 * 3600;",
    replace: "export const KEPT_SECONDS = 0;",
    tests: ["tests/contracts/expiry.test.ts"],
  },
  {
    mistake: "calls to SES wait for each other's sockets",
    file: "adapters/ses/bulk.ts",
    find: "const SOCKETS = 128;",
    replace: "const SOCKETS = 32;",
    tests: ["tests/contracts/delivery/ses-bulk.test.ts"],
  },
  {
    mistake: "a request that broke while it was written counts as never sent",
    file: "adapters/ses/bulk.ts",
    find: 'new Set(["ECONNREFUSED",',
    replace: 'new Set(["EPIPE", "ECONNREFUSED",',
    tests: ["tests/adapters/ses/bulk.test.ts"],
  },
];
