import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/** The messages of one poll of a queue. */
export const messagesOf = (records: SQSEvent["Records"]): { id: string; body: string }[] =>
  records.map(({ messageId, body }) => ({ id: messageId, body }));

/** Messages that the queue redelivers; it deletes the others. */
export const failuresOf = ({ failed }: { failed: readonly string[] }): SQSBatchResponse => ({
  batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })),
});
