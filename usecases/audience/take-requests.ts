import * as z from "zod";
import { ReaderRequest } from "#domain/audience/reader-request.ts";
import { LeaveMail, tokenIn } from "#domain/audience/tokens/leave-mail.ts";
import { parseJson } from "#domain/json.ts";
import { type AnswerPorts, answerRequest } from "./answer-request.ts";
import { type LeavePorts, leaveByToken } from "./leave.ts";

type TakePorts = AnswerPorts & Pick<LeavePorts, "left">;

/**
 * Answers each request of a poll, and handles unsubscribing by mail. Failed requests are retried by the queue; messages
 * that aren't requests are logged and dropped.
 */
export async function takeRequests(
  ports: TakePorts,
  messages: readonly { id: string; body: string }[],
): Promise<{ failed: string[] }> {
  const failed: string[] = [];
  for (const { id, body } of messages) {
    const message = parse(body);
    if (message === undefined) {
      ports.log.error("a message on the queue of requests is not a request", { message_id: id });
      continue;
    }
    try {
      const isMail = "mail" in message;
      if (isMail) await leaveByMail(ports, message);
      else if ((await answerRequest(ports, message)) === "later") failed.push(id);
    } catch (error) {
      // Usually the mail was throttled; the queue retries it.
      ports.log.warn("a request failed and will be retried", { message_id: id, error });
      failed.push(id);
    }
  }
  return { failed };
}

/** Only the token counts, as in a link, because senders can be forged. Mail without a token is dropped. */
async function leaveByMail(ports: TakePorts, mail: LeaveMail): Promise<void> {
  const token = tokenIn(mail);
  const left = token === undefined ? undefined : await leaveByToken(ports, token, "mail");
  if (left === undefined) ports.log.info("a mail has no token of ours", { message_id: mail.mail.messageId });
}

const parse = (body: string): ReaderRequest | LeaveMail | undefined =>
  z.union([ReaderRequest, LeaveMail]).safeParse(parseJson(body)).data;
