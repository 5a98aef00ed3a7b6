import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Sink } from "./courier.ts";
import type { SesEvent } from "./envelope.ts";

/** Where events go. `types` leaves only these, such as `["Bounce", "Complaint"]`, as an event destination does. */
export type EventDestination = { types?: readonly string[]; region?: string } & (
  | { queueUrl: string; endpoint: string }
  | { eventBridgeEndpoint: string }
);

/** Events straight to an SQS queue, as an EventBridge rule with that queue as its target puts them there. */
function queueSink(queueUrl: string, endpoint: string, region: string): Sink & { close: () => void } {
  const client = new SQSClient({
    endpoint,
    region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  const sink: Sink = async (events) => {
    const { Failed } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: events.map((event, at) => ({ Id: String(at), MessageBody: JSON.stringify(event) })),
      }),
    );
    const failed = new Set((Failed ?? []).map(({ Id }) => Id));
    return events.filter((_, at) => failed.has(String(at)));
  };
  return Object.assign(sink, { close: () => client.destroy() });
}

/**
 * Events by PutEvents, for an AWS emulator that routes them. Emulators read the service's name out of the
 * Authorization header and do not check its signature; the real EventBridge refuses `aws.` sources from anybody.
 */
function eventBridgeSink(endpoint: string, region: string): Sink & { close: () => void } {
  const sink: Sink = async (events) => {
    const answer = await fetch(endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSEvents.PutEvents",
        authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/events/aws4_request, SignedHeaders=host, Signature=local`,
      },
      body: JSON.stringify({ Entries: events.map(putEntry) }),
      signal: AbortSignal.timeout(10_000),
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`PutEvents answered ${answer.status}.`);
    return [];
  };
  return Object.assign(sink, { close: () => {} });
}

const putEntry = (event: SesEvent) => ({
  Source: event.source,
  DetailType: event["detail-type"],
  Detail: JSON.stringify(event.detail),
  Resources: event.resources,
  Time: Math.floor(Date.parse(event.time) / 1000),
});

/** The sink of a destination. */
export function openSink(destination: EventDestination | undefined, region: string) {
  if (!destination) return undefined;
  return "queueUrl" in destination
    ? queueSink(destination.queueUrl, destination.endpoint, destination.region ?? region)
    : eventBridgeSink(destination.eventBridgeEndpoint, destination.region ?? region);
}
