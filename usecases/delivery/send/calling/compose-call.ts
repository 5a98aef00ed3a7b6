import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { leaveMailUrl } from "#domain/audience/tokens/leave-mail.ts";
import { unsubscribeToken } from "#domain/audience/tokens/token.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Config } from "#domain/config.ts";
import type { BulkCall, BulkEntry } from "#domain/delivery/calls/call.ts";
import { envelopeOf, readerHeaders } from "#domain/delivery/calls/headers.ts";
import { listIdFor } from "#domain/delivery/calls/list-id.ts";
import { tagsOf } from "#domain/delivery/calls/tags.ts";
import type { Edition, Revision } from "#domain/edition/edition.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { readerValues } from "#templates/email/placeholders.ts";
import { asWelcome } from "#templates/email/welcome.ts";
import type { CallReader } from "../ports.ts";

/** A batch of one: the edition, marked as the reader's first. */
const welcome = ({ title, language, theme }: NewsletterConfig, { date }: Edition, { email }: Revision) =>
  asWelcome(email, { title, language, date, theme });

/** Composes the call of one batch: one email, and the personal values of each reader. */
export function bulkCallComposer(config: Config, siteUrl: string, keys: SigningKeys) {
  const { origin } = new URL(siteUrl);
  // Not parsed for each link of each reader: paths and tokens have only characters that a URL keeps as they are.
  const absolute = (path: string) => `${origin}${path}`;
  const entryOf = ({ subscriber, isFirst: _, ...delivery }: CallReader): BulkEntry => {
    const token = unsubscribeToken(keys, { newsletter: subscriber.newsletter, id: subscriber.id });
    return {
      to: subscriber.address,
      values: readerValues({ unsubscribeUrl: absolute(sitePaths.unsubscribe(token)) }),
      headers: readerHeaders(
        absolute(sitePaths.oneClick(token)),
        config.inbound && leaveMailUrl(config.inbound.address, token),
      ),
      tags: tagsOf(delivery),
    };
  };
  return (edition: Edition, revision: Revision, readers: readonly CallReader[]): BulkCall | { problem: string } => {
    const { newsletter } = edition;
    const about = config.newsletters[newsletter];
    if (!about) return { problem: `Held because ${newsletter} is not in this deployment's configuration any more.` };
    return {
      ...envelopeOf(about, {
        listId: edition.listId ?? listIdFor({ name: newsletter, sender: about.from.address }),
        archiveUrl: absolute(sitePaths.archive(newsletter)),
      }),
      email: readers.some(({ isFirst }) => isFirst === true) ? welcome(about, edition, revision) : revision.email,
      entries: readers.map(entryOf),
    };
  };
}
