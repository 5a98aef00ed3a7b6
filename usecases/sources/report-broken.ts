import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { counted } from "#domain/counted.ts";
import type { Source } from "#domain/source/source.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { SourceStore } from "../ports/articles.ts";
import type { Notice, Notify } from "../ports/services.ts";
import { notifyNewsletters } from "./notify-newsletters.ts";

export type BrokenPorts = {
  readonly sources: Pick<SourceStore, "all" | "markReported">;
  readonly notifyEditors: Notify;
  readonly now: () => number;
};

/**
 * Number of consecutive failed polls before editors are notified: about five hours, because failing polls are spaced
 * out.
 */
const REPORTED_AFTER = 5;

/**
 * Notifies editors once about sources that stay broken, and what they can do: one mail a newsletter, however many
 * sources there are. The notice is recorded before the mail, so a mail may be lost, but isn't repeated at every poll.
 */
export async function reportBroken(
  ports: BrokenPorts,
  newsletters: Readonly<Record<string, NewsletterConfig>>,
  reports: readonly SourceReport[],
): Promise<void> {
  const failed = new Set(reports.filter(({ outcome }) => outcome === "failed").map(({ source }) => source));
  if (failed.size === 0) return;
  const sources = (await ports.sources.all()).filter((source) => failed.has(source.id) && staysBroken(source));
  const at = toInstant(ports.now());
  const marked: Source[] = [];
  for (const source of sources) if (await ports.sources.markReported(source, at)) marked.push(source);
  await notifyNewsletters(ports.notifyEditors, newsletters, marked, { sourceOf: ({ id }) => id, noticeOf });
}

const staysBroken = (source: Source) =>
  source.removedAt === null && source.reportedAt === null && source.failures >= REPORTED_AFTER;

function noticeOf(newsletter: string, sources: readonly Source[]): Notice {
  const [first] = sources;
  const one = sources.length === 1 && first !== undefined;
  return {
    newsletter,
    subject: one ? `A source is broken: ${first.title}` : `${sources.length} sources are broken`,
    text: [
      one ? "This source brings no news until it is fixed:" : "These sources bring no news until they are fixed:",
      ...sources.map(
        ({ id, title, lastError, failures }) =>
          `${title} (${id}), ${counted(failures, "poll")} failed in a row.\n${lastError ?? ""}`,
      ),
      "If a feed has moved, add its new address and remove the old one:\n\n  npx --no-install broadsheet source add ADDRESS\n  npx --no-install broadsheet source remove ID",
      "To see what a poll finds now:\n\n  npx --no-install broadsheet source check ADDRESS",
      "They are still tried now and then. You get another email only if one recovers and fails again.\n",
    ].join("\n\n"),
  };
}
