import type { Config } from "#domain/config.ts";
import type { NoticeMessage } from "#domain/notices/notice.ts";
import { addDays } from "#domain/time/calendar.ts";
import { HOUR } from "#domain/time/durations.ts";
import { fromInstant, type Instant, localDate } from "#domain/time/instant.ts";
import type { EditionStore, NoticeStore, ScheduleStore } from "../ports/editions.ts";
import type { Log } from "../ports/services.ts";

type PreviewPorts = {
  config: Pick<Config, "newsletters">;
  schedule: Pick<ScheduleStore, "scheduled">;
  editions: Pick<EditionStore, "get">;
  notices: Pick<NoticeStore, "isNoticed" | "markNoticed">;
  enqueue: ((message: NoticeMessage) => Promise<void>) | undefined;
  now: () => Instant;
  log: Log;
};

/** How long before it is due editors are notified of an edition. */
const BEFORE_MS = HOUR;

/** Notifies editors once of each draft that is due within the hour. @returns the editions */
export async function announcePreviews(ports: PreviewPorts): Promise<string[]> {
  if (ports.enqueue === undefined) return [];
  const announced: string[] = [];
  for (const [newsletter, { timeZone }] of Object.entries(ports.config.newsletters)) {
    try {
      announced.push(...(await announceOf(ports, newsletter, timeZone)));
    } catch (error) {
      ports.log.warn("watch could not announce an edition", { newsletter, error });
    }
  }
  return announced;
}

async function announceOf(ports: PreviewPorts, newsletter: string, timeZone: string): Promise<string[]> {
  const now = ports.now();
  const announced: string[] = [];
  for (const { date, dueAt, doneAt } of await ports.schedule.scheduled(
    newsletter,
    addDays(localDate(now, timeZone), -1),
  )) {
    if (dueAt === null || doneAt !== null) continue;
    const left = fromInstant(dueAt) - fromInstant(now);
    if (left <= 0 || left > BEFORE_MS) continue;
    const key = { newsletter, date };
    const edition = await ports.editions.get(key);
    const isWaiting = edition !== undefined && ["draft", "approved"].includes(edition.state) && edition.rev > 0;
    if (!isWaiting || (await ports.notices.isNoticed(key, "preview"))) continue;
    await ports.enqueue?.({ v: 1, kind: "preview", newsletter, date, dueAt });
    await ports.notices.markNoticed(key, "preview", now);
    announced.push(`${newsletter} ${date}`);
  }
  return announced;
}
