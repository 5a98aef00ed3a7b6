import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/** What a poll of a queue brought. */
export const messagesOf = (records: SQSEvent["Records"]): { id: string; body: string }[] =>
  records.map(({ messageId, body }) => ({ id: messageId, body }));

/** Which messages the queue brings again; the others it deletes. */
export const failuresOf = ({ failed }: { failed: readonly string[] }): SQSBatchResponse => ({
  batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })),
});
