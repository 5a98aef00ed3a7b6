import { emailHash } from "#domain/edition/content/hash.ts";
import type { RenderedEmail, Revision } from "#domain/edition/edition.ts";
import type { Received } from "#domain/edition/preflight/finding.ts";
import { type Message, messageRules } from "#domain/edition/preflight/message-rules.ts";
import { siteAddress, sitePaths } from "#domain/site-paths.ts";
import { restorePlaceholders } from "#templates/email/put-back.ts";

/** Revisions that are compared with a message. */
const LOOKED_AT = 20;

type Known = { newest: Revision; siteUrl: string; revision: (rev: number) => Promise<Revision | undefined> };

/** Finds the revision that a message matches byte for byte, with the reader's values replaced by placeholders. */
export async function received(message: Message, { newest, siteUrl, revision }: Known): Promise<Received> {
  const got = asRendered(message, siteUrl);
  const hash = emailHash(got);
  const differs = (["subject", "html", "text"] as const).filter((part) => got[part] !== newest.email[part]);
  const findings = messageRules(message);
  if (differs.length === 0) return { hash, rev: newest.rev, differs, findings };
  for (let rev = newest.rev - 1; rev > 0 && rev >= newest.rev - LOOKED_AT; rev--) {
    const older = await revision(rev);
    if (older && emailHash(older.email) === hash) return { hash, rev, differs, findings };
  }
  return { hash, rev: null, differs, findings };
}

/** A test mail is marked in its subject, and its unsubscribe link leads to an explanation. */
function asRendered({ headers, html, text }: Message, siteUrl: string): RenderedEmail {
  const base = siteAddress(siteUrl, sitePaths.aboutUnsubscribing);
  const token = new RegExp(`${base.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}(/[\\w.-]+)?`);
  const subject = headers.find(({ name }) => name.toLowerCase() === "subject")?.value ?? "";
  const email = { subject: subject.replace(/^\[TEST\] /, ""), html: html ?? "", text: text ?? "" };
  const unsubscribeUrl = token.exec(email.text)?.[0] ?? token.exec(email.html)?.[0];
  return unsubscribeUrl === undefined ? email : restorePlaceholders(email, { unsubscribeUrl });
}
