import { Reminder } from "#domain/audience/reader-request.ts";
import { HOUR } from "#domain/time/durations.ts";
import { fromInstant, type Instant, toInstant } from "#domain/time/instant.ts";
import { inPartition, queryAll } from "../query.ts";
import { deleteItem, isKnown, putItem } from "../requests.ts";
import { fromItem, type Table, toItem } from "../table.ts";

/** Hours that are searched for due reminders: how long they are kept if the schedule stops. */
const HOURS = 48;
const hourOf = (at: Instant) => at.slice(0, 13);
const keysOf = ({ newsletter, id, dueAt }: Reminder) => ({ PK: `REMIND#${hourOf(dueAt)}`, SK: `${newsletter}#${id}` });

/** Readers to remind, by the hour in which they are due. */
export function dynamoReminders(table: Table) {
  return {
    async put(reminder: Reminder): Promise<void> {
      const ttl = Math.ceil((fromInstant(reminder.dueAt) + 2 * HOURS * HOUR) / 1000);
      await putItem(table, toItem("reminder", 1, keysOf(reminder), reminder, ttl));
    },

    async due(now: Instant): Promise<Reminder[]> {
      const hours = Array.from({ length: HOURS }, (_, ago) => hourOf(toInstant(fromInstant(now) - ago * HOUR)));
      const found = await Promise.all(hours.map((hour) => queryAll(table, inPartition(`REMIND#${hour}`))));
      return found
        .flat()
        .map((item) => fromItem(Reminder, "reminder", 1, item))
        .filter(({ dueAt }) => dueAt <= now);
    },

    take: (reminder: Reminder): Promise<boolean> => deleteItem(table, keysOf(reminder), isKnown),
  };
}
export type DynamoReminders = ReturnType<typeof dynamoReminders>;
