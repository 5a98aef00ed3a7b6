import { noCounts } from "#domain/delivery/ledger/counts.ts";
import type { EditionContent, EditionView, RenderedEmail } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import { editionView } from "#domain/edition/views/view.ts";
import type { Instant } from "#domain/time/instant.ts";
import { bytesOf, emailOf } from "../making/email.ts";
import type { Gathered } from "../making/gather.ts";

/** The edition and its email as they would be if it were drafted now. */
export function asIfDrafted(
  { newsletter, date, config }: Gathered,
  content: EditionContent,
  now: Instant,
  siteUrl: string,
): { view: EditionView; email: RenderedEmail } {
  const email = emailOf(content, config, siteUrl);
  const edition = newEdition({ newsletter, date, now, rev: 0, cutoff: null });
  return { view: editionView(edition, content, noCounts, { email, bytes: bytesOf(email, siteUrl) }), email };
}
