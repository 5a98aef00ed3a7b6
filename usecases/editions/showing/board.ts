import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { sendingSeconds } from "#domain/delivery/ledger/group.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import type { Plan } from "#domain/edition/timing/plan.ts";
import type { Board, BoardDay, BoardNewsletter } from "#domain/edition/views/board.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { addDays, unusualOn } from "#domain/time/calendar.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import type { SourceStore } from "../../ports/articles.ts";
import type { EditionStore, NoticeStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { findNewsletter } from "../edition-request.ts";
import { type EditionPorts, newestRevision } from "../find-edition.ts";
import { newestEditions } from "../newest-editions.ts";
import { nextOfEdition } from "../next-of-edition.ts";
import { type PlanPorts, planEdition } from "../sending/plan.ts";

export type BoardPorts = EditionPorts &
  PlanPorts & {
    editions: Pick<EditionStore, "list">;
    ledger: Pick<Ledger, "groups">;
    sources: Pick<SourceStore, "list">;
    notices: Pick<NoticeStore, "heartbeat">;
  };

/** Days shown: before today, and after tomorrow. */
const PAST = 14;
const AHEAD = 5;

/** The board: today and tomorrow, what was sent, what is ahead, and what needs attention. */
export async function showBoard(ports: BoardPorts): Promise<Outcome<Board>> {
  const [sources, ...newsletters] = await Promise.all([
    ports.sources.list(),
    ...Object.keys(ports.config.newsletters).map((name) => newsletterAt(ports, name)),
  ]);
  const failed = newsletters.find((one) => !one.ok);
  if (failed && !failed.ok) return failed;
  const read = sources.filter(({ removedAt }) => removedAt === null);
  const failing = read
    .filter(({ failures }) => failures > 0)
    .map(({ id, title, failures, lastError }) => ({ id, title, failures, error: lastError ?? "" }));
  return done({
    newsletters: newsletters.flatMap((one) => (one.ok ? [one.value] : [])),
    sources: { total: read.length, failing },
  });
}

async function newsletterAt(ports: BoardPorts, newsletter: string): Promise<Outcome<BoardNewsletter>> {
  const found = findNewsletter(ports.config, newsletter);
  if (!found.ok) return found;
  const today = await planEdition(ports, { newsletter, second: false, now: false });
  if (!today.ok) return today;
  const { date, timeZone, subscribed } = today.value;
  const [tomorrow, editions] = await Promise.all([
    planEdition(ports, { newsletter, date: addDays(date, 1), second: false, now: false }),
    newestEditions(ports.editions, newsletter, PAST + AHEAD + 3, ports.now()),
  ]);
  if (!tomorrow.ok) return tomorrow;
  const editionOf = (day: LocalDate) => editions.find((one) => one.date === day);
  const dayAt = (day: LocalDate) =>
    boardDay(ports, { key: { newsletter, date: day }, config: found.value }, editionOf(day), editions);
  // One reading of the counts for all of a day's figures.
  const plannedDay = async (plan: Plan) => {
    const { audience, accepted, unknown, held } = plan.counts ?? noCounts;
    return { plan, edition: { ...(await dayAt(plan.date)), audience, accepted, unknown, held } };
  };
  const [next, past, ahead] = await Promise.all([
    Promise.all([today.value, tomorrow.value].map(plannedDay)),
    Promise.all(Array.from({ length: PAST }, (_, n) => dayAt(addDays(date, n - PAST)))),
    Promise.all(Array.from({ length: AHEAD }, (_, n) => dayAt(addDays(date, n + 2)))),
  ]);
  const calendar = ports.calendar(newsletter);
  return done({
    name: newsletter,
    title: found.value.title,
    language: found.value.language,
    timeZone,
    localTime: found.value.localTime !== undefined,
    readers: subscribed,
    next,
    past,
    ahead: ahead.map(({ date, outlook }) => ({ date, outlook, note: unusualOn(calendar, date) })),
  });
}

async function boardDay(
  ports: BoardPorts,
  of: { key: EditionKey; config: NewsletterConfig },
  edition: Edition | undefined,
  newest: readonly Edition[],
): Promise<BoardDay> {
  const { date } = of.key;
  if (edition === undefined) {
    const none = {
      audience: 0,
      accepted: 0,
      unknown: 0,
      held: 0,
      bounced: 0,
      complained: 0,
      seconds: null,
      heartbeat: null,
    };
    const outlook = await nextOfEdition(ports, of, { edition, counts: null, newest });
    return { date, state: null, subject: "", reason: null, ...none, outlook };
  }
  const { state, reason, bounced = 0, complained = 0 } = edition;
  const [revision, counts, seconds, heartbeat] = await Promise.all([
    newestRevision(ports, edition),
    ports.editions.counts(edition),
    state === "finished" ? sendingSeconds(await ports.ledger.groups(edition)) : null,
    state === "finished" ? ports.notices.heartbeat({ newsletter: edition.newsletter, date }) : undefined,
  ]);
  const { audience, accepted, unknown, held } = counts;
  const subject = revision?.content.subject ?? "";
  const outlook = await nextOfEdition(ports, of, { edition, counts, newest });
  const figures = { audience, accepted, unknown, held, bounced, complained, seconds };
  return { date, state, subject, reason, ...figures, heartbeat: heartbeat ?? null, outlook };
}
