import type { Reminder } from "#domain/audience/reader-request.ts";
import type { DynamoReminders } from "../../dynamo/audience/reminders.ts";

/** In-memory version of adapters/dynamo/audience/reminders.ts. */
export function memoryReminders(): DynamoReminders {
  const all = new Map<string, Reminder>();
  const key = ({ newsletter, id, dueAt }: Reminder) => `${dueAt.slice(0, 13)}#${newsletter}#${id}`;
  return {
    put: async (reminder) => void all.set(key(reminder), reminder),
    due: async (now) => [...all.values()].filter(({ dueAt }) => dueAt <= now),
    take: async (reminder) => all.delete(key(reminder)),
  };
}
