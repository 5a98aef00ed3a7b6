import { ReaderRequest } from "#domain/audience/reader-request.ts";
import { type AnswerPorts, answerRequest } from "./answer-request.ts";

/**
 * Answers each request of a poll. What failed comes again; what is not a request never becomes one, so it is logged and
 * let go.
 */
export async function takeRequests(
  ports: AnswerPorts,
  messages: readonly { id: string; body: string }[],
): Promise<{ failed: string[] }> {
  const failed: string[] = [];
  for (const { id, body } of messages) {
    const request = parse(body);
    if (request === undefined) {
      ports.log.error("a message on the queue of requests is not a request", { message_id: id });
      continue;
    }
    try {
      if ((await answerRequest(ports, request)) === "later") failed.push(id);
    } catch (error) {
      // A throttled mail is the usual reason; the queue brings it again.
      ports.log.warn("a request is taken up again later", { message_id: id, error });
      failed.push(id);
    }
  }
  return { failed };
}

function parse(body: string): ReaderRequest | undefined {
  try {
    return ReaderRequest.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}
