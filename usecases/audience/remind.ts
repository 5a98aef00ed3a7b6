import type { ReminderStore } from "../ports/audience.ts";
import { type AnswerPorts, countMail, sendReaderMail } from "./answer-request.ts";

type RemindPorts = Pick<AnswerPorts, "config" | "keys" | "now" | "sendOne" | "siteUrl" | "log"> & {
  subscribers: Pick<AnswerPorts["subscribers"], "get">;
  consent: Pick<AnswerPorts["consent"], "contact" | "putContact">;
  reminders: Pick<ReminderStore, "due" | "take">;
};

/**
 * Reminds readers once who asked to subscribe a day ago and didn't confirm. A reminder is removed before it is sent, so
 * a crash in between loses one, and none is sent twice. A mailbox that has reached its limit gets none.
 */
export async function remind(ports: RemindPorts): Promise<{ reminded: number }> {
  let reminded = 0;
  for (const reminder of await ports.reminders.due(ports.now())) {
    const about = ports.config.newsletters[reminder.newsletter];
    const reader = await ports.subscribers.get(reminder.newsletter, reminder.id);
    if (!(await ports.reminders.take(reminder)) || about === undefined || reader?.status !== "pending") continue;
    try {
      if (!(await countMail(ports, reader))) continue;
      await sendReaderMail(ports, about, { ...reminder, address: reader.address, kind: "reminder" });
      reminded += 1;
    } catch (error) {
      ports.log.warn("a reminder was not sent", { reader: reminder.id, error });
    }
  }
  return { reminded };
}
