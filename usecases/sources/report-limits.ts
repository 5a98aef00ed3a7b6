import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { counted } from "#domain/counted.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import type { Notice, Notify } from "../ports/services.ts";
import { notifyNewsletters } from "./notify-newsletters.ts";

/**
 * Notifies editors about sources over their limit, once in 30 days for each: one mail a newsletter, however many
 * sources there are. The poll has already recorded the notice, so a mail may be lost, but isn't repeated at every poll.
 */
export async function reportLimits(
  notifyEditors: Notify,
  newsletters: Readonly<Record<string, NewsletterConfig>>,
  reports: readonly SourceReport[],
): Promise<void> {
  const over = reports.filter(({ overLimit }) => overLimit);
  await notifyNewsletters(notifyEditors, newsletters, over, { sourceOf: ({ source }) => source, noticeOf });
}

function noticeOf(newsletter: string, reports: readonly SourceReport[]): Notice {
  const [first] = reports;
  const one = reports.length === 1 && first !== undefined;
  return {
    newsletter,
    subject: one
      ? `A source brings too many articles: ${first.title}`
      : `${reports.length} sources bring too many articles`,
    text: [
      "A source may bring 500 articles at a time and 2,000 a day. Of what came beyond that, the oldest were left out:",
      ...reports.map(
        ({ source, title, dropped }) => `${title} (${source}): ${counted(dropped, "article")} left out at this poll.`,
      ),
      "If the feed holds more than you want to read, use a smaller one of the same publisher, or remove the source:\n\n  npx --no-install broadsheet source remove ID",
      "You get another email after 30 days at the earliest.\n",
    ].join("\n\n"),
  };
}
