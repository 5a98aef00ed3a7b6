import { NoticeMessage } from "#domain/notices/notice.ts";
import { type DeliverPorts, deliverNotice } from "./deliver-notice.ts";

/** Delivers each notice of a poll. The queue retries failed ones and moves unreadable ones to its dead-letter queue. */
export async function takeNotices(
  ports: DeliverPorts,
  messages: readonly { id: string; body: string }[],
): Promise<{ failed: string[] }> {
  const failed: string[] = [];
  for (const { id, body } of messages) {
    try {
      await deliverNotice(ports, NoticeMessage.parse(JSON.parse(body)));
    } catch (error) {
      ports.log.warn("a notice comes again", { messageId: id, why: error instanceof Error ? error.name : "unknown" });
      failed.push(id);
    }
  }
  return { failed };
}
