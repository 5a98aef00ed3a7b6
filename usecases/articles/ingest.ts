import type { PageFacts } from "#domain/article/page-facts.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { SourceSeed } from "#domain/config.ts";
import type { Outcome } from "#domain/outcome.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { type Calendar, calendarDays } from "#domain/time/calendar.ts";
import { type Instant, localDate, toInstant } from "#domain/time/instant.ts";
import type { Log, Notify } from "../ports/services.ts";
import { type BrokenPorts, reportBroken } from "../sources/report-broken.ts";
import { reportLimits } from "../sources/report-limits.ts";
import { pollSources } from "./poll.ts";
import type { IngestPorts } from "./poll-source.ts";
import { type PagePorts, readPage } from "./read-page.ts";
import { tryAddress } from "./try-address.ts";

type Ports = IngestPorts &
  PagePorts &
  Omit<BrokenPorts, "notifyEditors"> & {
    newsletters: Readonly<Record<string, NewsletterConfig>>;
    seeds: readonly SourceSeed[];
    calendar: (newsletter: string) => Calendar;
    /** Undefined: editors get no mail about broken sources. */
    notifyEditors: Notify | undefined;
    log: Log;
  };

type Request = { check?: string | undefined; page?: string | undefined; sources?: string[] | undefined; all: boolean };

/** Polls sources and reports their faults to editors; or only reads an address or a page, and stores nothing. */
export async function ingest(
  ports: Ports,
  { check, page, ...request }: Request,
): Promise<{ reports: SourceReport[]; page?: Outcome<PageFacts> }> {
  if (page !== undefined) return { reports: [], page: await readPage(ports, page) };
  if (check !== undefined) return { reports: [await tryAddress(ports, check)] };
  const reports = await pollSources(ports, request, ports.seeds, completedSoon(ports));
  for (const { source, error, url, movedTo } of reports) {
    if (error !== null) ports.log.warn("source failed", { source, error });
    if (movedTo !== null) ports.log.warn("source moved", { security: "source-moved", source, from: url, to: movedTo });
  }
  await notifyOfFaults(ports, reports);
  return { reports };
}

/** When each newsletter's editions of today and tomorrow take in articles for the last time. */
const completedSoon = ({ newsletters, calendar, now }: Ports): Instant[] =>
  Object.entries(newsletters).flatMap(([newsletter, { timeZone }]) =>
    calendarDays(calendar(newsletter), localDate(toInstant(now()), timeZone), 2).flatMap(({ gateAt }) => gateAt ?? []),
  );

/** The articles are stored by now, so a mail that can't be sent doesn't fail the poll. */
async function notifyOfFaults({ notifyEditors, ...ports }: Ports, reports: readonly SourceReport[]): Promise<void> {
  if (notifyEditors === undefined) return;
  try {
    await Promise.all([
      reportBroken({ ...ports, notifyEditors }, ports.newsletters, reports),
      reportLimits(notifyEditors, ports.newsletters, reports),
    ]);
  } catch (error) {
    ports.log.error("editors not told", { error });
  }
}
