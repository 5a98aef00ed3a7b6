import type { EditionKey } from "#domain/edition/edition.ts";
import { ScheduledEdition } from "#domain/edition/timing/schedule.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import { inPartition, queryAll } from "../query.ts";
import { isKnown, isNext, putItem, updateItem } from "../requests.ts";
import { fromItem, type Table, toItem } from "../table.ts";

const TYPE = "scheduled-edition";
const VERSION = 1;
/** How long after an edition's date its times are kept, in seconds. */
const KEPT = 60 * 24 * 3600;

const partition = (newsletter: string) => `SCHEDULE#${newsletter}`;
const keysOf = ({ newsletter, date }: EditionKey) => ({ PK: partition(newsletter), SK: date });

/** The times of coming editions, and the progress of each. */
export function dynamoSchedule(table: Table) {
  return {
    async scheduled(newsletter: string, from: LocalDate): Promise<ScheduledEdition[]> {
      const items = await queryAll(table, inPartition(partition(newsletter), { from }));
      return items.map((item) => fromItem(ScheduledEdition, TYPE, VERSION, item));
    },

    saveScheduled(edition: ScheduledEdition): Promise<boolean> {
      const ttl = Math.floor(Date.parse(`${edition.date}T00:00:00Z`) / 1000) + KEPT;
      return putItem(table, toItem(TYPE, VERSION, keysOf(edition), edition, ttl), isNext("n", edition.n));
    },

    async markScheduledDone(key: EditionKey, at: Instant): Promise<void> {
      const update = "SET doneAt = :at, #n = #n + :one";
      await updateItem(table, keysOf(key), { update, ...isKnown, values: { at, one: 1 } });
    },
  };
}
