import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { expectedEditions, isUnderWay, isWholeDue, whyMissing } from "#domain/delivery/expected.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { Calendar } from "#domain/time/calendar.ts";
import { type Instant, localDate } from "#domain/time/instant.ts";
import { hadBegun } from "../../editions/had-begun.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Log, Notify } from "../../ports/services.ts";
import { isFirstNotice } from "./notify-held.ts";

type ExpectedPorts = {
  newsletters: Readonly<Record<string, NewsletterConfig>>;
  calendarOf: (newsletter: string) => Calendar;
  editions: Pick<EditionStore, "get" | "counts" | "list" | "decisions" | "appendDecision">;
  subscribers: Pick<SubscriberStore, "anyActive">;
  notify: Notify;
  now: () => Instant;
  log: Log;
  /** Editions known to have reached their readers; they aren't read again. */
  reached: Set<string>;
};

/**
 * Looks for editions that should have reached their readers by now, and mails their editors once if they haven't. It
 * reads only the table, so it finds every cause: a schedule that didn't run, a draft that no one approved, or a held
 * edition.
 * @returns how many are missing
 */
export async function findMissingEditions(ports: ExpectedPorts): Promise<number> {
  const missing = await Promise.all(Object.keys(ports.newsletters).map((newsletter) => isMissing(ports, newsletter)));
  return missing.filter(Boolean).length;
}

async function isMissing(ports: ExpectedPorts, newsletter: string): Promise<boolean> {
  try {
    const found = await missingEdition(ports, newsletter);
    if (found !== undefined) await notifyOnce(ports, found);
    return found !== undefined;
  } catch (error) {
    ports.log.error("watch could not tell whether an edition reached its readers", { newsletter, error });
    return true;
  }
}

type Missing = { key: EditionKey; dueAt: Instant; why: string };

async function missingEdition(ports: ExpectedPorts, newsletter: string): Promise<Missing | undefined> {
  const calendar = ports.calendarOf(newsletter);
  const now = ports.now();
  const graceMinutes = ports.newsletters[newsletter]?.expectedWithinMinutes ?? 0;
  const today = localDate(now, calendar.timeZone);
  for (const [at, { date, dueAt }] of expectedEditions(calendar, { today, now, graceMinutes }).entries()) {
    if (dueAt === null) continue;
    const found = await missingAt(ports, { newsletter, date }, dueAt, { now, graceMinutes, isNewest: at === 0 });
    if (found !== undefined) return found;
  }
  return undefined;
}

type At = { now: Instant; graceMinutes: number; isNewest: boolean };

async function missingAt(ports: ExpectedPorts, key: EditionKey, dueAt: Instant, at: At): Promise<Missing | undefined> {
  const { newsletter, date } = key;
  const name = `${newsletter} ${date}`;
  if (ports.reached.has(name)) return undefined;
  const edition = await ports.editions.get(key);
  // For the previous edition, it waits only for readers who are due while this one is being sent.
  if (!at.isNewest && !edition?.cohorts) return undefined;
  if (isUnderWay(edition, at)) return undefined;
  const why = whyMissing(edition, await ports.editions.counts(key), at);
  if (why === undefined) {
    if (isWholeDue(edition, at)) ports.reached.add(name);
    return undefined;
  }
  // A newsletter without readers, or one that hadn't begun by then, can't be late. In this order, it is one read a
  // minute before the first edition, instead of hundreds.
  const isExpected =
    (await hadBegun(ports.editions, newsletter, dueAt)) && (await ports.subscribers.anyActive(newsletter));
  return isExpected ? { key, dueAt, why } : undefined;
}

async function notifyOnce(ports: ExpectedPorts, { key, dueAt, why }: Missing): Promise<void> {
  if (!(await isFirstNotice(ports, key, "missing"))) return;
  const title = ports.newsletters[key.newsletter]?.title ?? key.newsletter;
  ports.log.warn("an edition has not reached its readers in time", { newsletter: key.newsletter, date: key.date, why });
  await ports.notify({
    newsletter: key.newsletter,
    subject: `Most readers don't have it: ${title}, ${key.date}`,
    text: [
      `The edition of ${title} for ${key.date} was due at ${dueAt.slice(0, 16).replace("T", " ")} UTC, and most of its readers don't have it.`,
      why,
      `See what happened, then send it or leave it out:\n\n  npx --no-install broadsheet edition show ${key.newsletter} --date ${key.date}\n  npx --no-install broadsheet edition send ${key.newsletter} --date ${key.date}\n  npx --no-install broadsheet edition cancel ${key.newsletter} --date ${key.date}`,
      "The operator has an alarm about this too.\n",
    ].join("\n\n"),
  });
}
