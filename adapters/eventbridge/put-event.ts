import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

const LIMITS: TimeLimits = { attempt: 3_000, call: 10_000 };

/**
 * Puts an event on the account's default bus.
 * @throws Error when EventBridge refused it: a call that answers 200 can still have failed entries
 */
export function putEvent(source: string, client?: EventBridgeClient) {
  const events = withTimeLimit(client ?? new EventBridgeClient(attemptLimit(LIMITS)), LIMITS.call);
  return async (detailType: string, detail: object): Promise<void> => {
    const entry = { Source: source, DetailType: detailType, Detail: JSON.stringify(detail) };
    const { FailedEntryCount, Entries } = await events.send(new PutEventsCommand({ Entries: [entry] }));
    if (FailedEntryCount)
      throw new Error(`EventBridge refused an event: ${Entries?.[0]?.ErrorCode ?? "no reason given"}.`);
  };
}
