import type { WarmUp } from "#domain/audience/warm-up.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Config } from "#domain/config.ts";
import { counted } from "#domain/counted.ts";
import { cohortsAt } from "#domain/delivery/ledger/cohorts.ts";
import { forecastFor as forecast, rateNow } from "#domain/delivery/pace/outlook.ts";
import { costOf } from "#domain/delivery/pace/prices.ts";
import type { Forecast } from "#domain/delivery/pace/quota.ts";
import { planOf, type Sender } from "#domain/delivery/pace/sender.ts";
import { callSize, LARGEST_CALL } from "#domain/delivery/pace/size.ts";
import { EDITIONS_LOOKED_AT } from "#domain/delivery/previous-edition.ts";
import { lastChange } from "#domain/edition/decisions/undo.ts";
import type { Counts, Edition, EditionKey } from "#domain/edition/edition.ts";
import type { EditionOutlook } from "#domain/edition/timing/outlook.ts";
import type { Due, Plan } from "#domain/edition/timing/plan.ts";
import { replacedText } from "#domain/edition/timing/replaced.ts";
import { warmUpOutlook } from "#domain/edition/timing/warm-up-outlook.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { Calendar } from "#domain/time/calendar.ts";
import { fromInstant, type Instant, localDate } from "#domain/time/instant.ts";
import type { SubscriberStore, WarmUpStore } from "../../ports/audience.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { type EditionRequest, type Newsletters, resolveEdition } from "../edition-request.ts";
import { newestRevision } from "../find-edition.ts";
import { newestEditions } from "../newest-editions.ts";
import { nextOfEdition } from "../next-of-edition.ts";
import { chosenDue, ownDue } from "./due.ts";

export type PlanPorts = Newsletters & {
  calendar: (newsletter: string) => Calendar;
  editions: Pick<EditionStore, "get" | "list" | "decisions" | "counts" | "revision">;
  /** Approximate number of readers. */
  subscribers: Pick<SubscriberStore, "count">;
  warmUps: Pick<WarmUpStore, "get">;
  ledger: Pick<Ledger, "sender">;
};

/**
 * When an edition goes out, to how many readers, how long it takes and what it costs. Reads only; the edition need not
 * exist.
 */
export async function planEdition(
  ports: PlanPorts,
  { at, second, now, ...request }: EditionRequest & { at?: string | undefined; second: boolean; now: boolean },
): Promise<Outcome<Plan>> {
  const named = resolveEdition(ports, request);
  if (!named.ok) return named;
  const { key, config: of } = named.value;
  const wanted = at === undefined ? null : chosenDue(key, of, { at, second, now: ports.now() });
  if (wanted !== null && !wanted.ok) return wanted;
  const [edition, log, count, sender, warmingUp] = await Promise.all([
    ports.editions.get(key),
    ports.editions.decisions(key),
    ports.subscribers.count(key.newsletter),
    ports.ledger.sender(),
    ports.warmUps.get(key.newsletter),
  ]);
  const warmUp = warmingUp ? await limitOf(ports, warmingUp, named.value, edition) : null;
  const counts = edition === undefined || edition.frozen === null ? null : await ports.editions.counts(key);
  const subscribed = Math.max(0, count - (warmUp?.waiting ?? 0));
  const readers = readersLeft(edition, counts) ?? subscribed;
  const revision = edition && (await newestRevision(ports, edition));
  const own = ownDue(key, of, ports.calendar(key.newsletter)) ?? null;
  const outlook = await nextOfEdition(ports, named.value, { edition, counts, sender });
  const change = lastChange(log);
  const approval = edition?.approvedAt ? log.findLast((one) => one.do === "approve") : undefined;
  const due = dueOf(edition, own, outlook);
  const from = [ports.now(), (now ? null : (wanted?.value ?? due))?.at ?? ""].toSorted().at(-1) ?? ports.now();
  const { bounced = 0, complained = 0, rejected = 0, cohorts = [] } = edition ?? {};
  const effort = forecastOf(ports.config, sender, {
    ...{ readers, from },
    inLocalTime: isInLocalTime(edition, { config: of, isNow: now, isMoved: wanted !== null }),
  });
  return done({
    ...key,
    timeZone: of.timeZone,
    ...{ own, due, outlook, counts },
    subject: revision?.content.subject ?? "",
    replaces: replacedText(due, of.timeZone, ports.now()),
    asked: wanted?.value ?? null,
    approvedAt: edition?.approvedAt ?? null,
    approvedBy: approval?.by ?? null,
    changedBy: change?.by ?? null,
    changedById: change?.byId,
    secondPerson: of.secondPerson,
    ...{ readers, subscribed, bounced, complained, rejected, cohorts, warmUp },
    ...withLastCohort(edition, effort, ports.now()),
  });
}

/** How a warm-up limits the edition's audience. */
async function limitOf(
  ports: PlanPorts,
  warmUp: WarmUp,
  { key, config }: { key: EditionKey; config: NewsletterConfig },
  edition: Edition | undefined,
) {
  const { newsletter, date } = key;
  const editions = await newestEditions(ports.editions, newsletter, EDITIONS_LOOKED_AT, ports.now());
  const [calendar, today] = [ports.calendar(newsletter), localDate(ports.now(), config.timeZone)];
  return warmUpOutlook(warmUp, { date, edition, editions, calendar, today });
}

/** While it is being sent: readers who are waiting. After that: its whole audience. Null: not frozen yet. */
function readersLeft(edition: Edition | undefined, counts: Counts | null): number | null {
  if (edition === undefined || counts === null) return null;
  const isOnItsWay = ["sending", "paused", "held", "halted"].includes(edition.state);
  return isOnItsWay ? counts.waiting + counts.failed : edition.frozen;
}

/** When it goes out automatically, if it does. */
function dueOf(edition: Edition | undefined, own: Due | null, { kind }: EditionOutlook): Due | null {
  if (kind !== "goes-out" && kind !== "going-out") return null;
  if (edition?.state !== "approved") return own;
  const { dueAt, latest, localTime } = edition;
  return dueAt === null ? null : { at: dueAt, latest, note: null, ...(localTime && { localTime: localTime.time }) };
}

/** Duration and cost, by what is known about the account. */
function forecastOf(
  { delivery }: Config,
  sender: Sender | undefined,
  { readers, from, inLocalTime }: { readers: number; from: Instant; inLocalTime: boolean },
) {
  const { share, senders, confirmations } = delivery;
  const rate = rateNow(sender, share, from);
  const expected = forecast(readers, sender, share, from);
  const finishAt = expected?.is === "through" ? expected.at : null;
  const size = rate === null ? LARGEST_CALL : callSize(rate);
  const plan = planOf(sender);
  const { ses, rest } = costOf({ readers, size, rate: rate ?? 1, confirmations, inLocalTime, senders, plan });
  const seconds = finishAt === null ? null : (fromInstant(finishAt) - fromInstant(from)) / 1000;
  return {
    rate,
    seconds,
    finishAt,
    warning: warningOf(expected, sender?.quota ?? null),
    dollars: ses,
    dollarsBesides: rest,
  };
}

/** Whether each reader gets it at their own time: as approved, or as its newsletter is, unless a person chooses the time. */
function isInLocalTime(
  edition: Edition | undefined,
  { config, isNow, isMoved }: { config: NewsletterConfig; isNow: boolean; isMoved: boolean },
): boolean {
  if (isNow || isMoved) return false;
  return edition?.approvedAt ? edition.localTime != null : config.localTime !== undefined;
}

/** In local time it ends with its last cohort, so the duration doesn't depend on SES's rate. */
function withLastCohort(edition: Edition | undefined, forecast: ReturnType<typeof forecastOf>, now: Instant) {
  const last = cohortsAt(edition ?? {}, now).toCome.at(-1);
  if (last === undefined || forecast.finishAt === null) return forecast;
  return { ...forecast, finishAt: forecast.finishAt > last.due ? forecast.finishAt : last.due };
}

function warningOf(expected: Forecast | null, quota: number | null): string | null {
  if (expected?.is === "too-many") {
    return `SES allows this account ${counted(quota ?? 0, "recipient")} in 24 hours, of which 95 % are used: the edition would be held.`;
  }
  if (expected?.is === "never") return "Others use so much of SES's daily quota that it would take more than two days.";
  return expected?.waitsForQuota ? "It waits for SES's daily quota on its way." : null;
}
