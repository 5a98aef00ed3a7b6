import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Notice, Notify } from "../ports/services.ts";

/** Sends the editors of each newsletter one mail about those of its sources that were reported, however many they are. */
export async function notifyNewsletters<T>(
  notifyEditors: Notify,
  newsletters: Readonly<Record<string, NewsletterConfig>>,
  reported: readonly T[],
  { sourceOf, noticeOf }: { sourceOf: (one: T) => string; noticeOf: (newsletter: string, its: readonly T[]) => Notice },
): Promise<void> {
  for (const [newsletter, { sources, editors }] of Object.entries(newsletters)) {
    const its = reported.filter((one) => sources === undefined || sources.includes(sourceOf(one)));
    if (its.length > 0 && editors.length > 0) await notifyEditors(noticeOf(newsletter, its));
  }
}
