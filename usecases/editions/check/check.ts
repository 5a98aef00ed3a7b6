import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { type Budget, remainingQuota } from "#domain/delivery/pace/quota.ts";
import { emailHash } from "#domain/edition/content/hash.ts";
import { type EditorialState, editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import type { Edition, EditionContent, EditionKey, Revision } from "#domain/edition/edition.ts";
import { editionName } from "#domain/edition/edition.ts";
import type { Facts, HtmlFacts } from "#domain/edition/preflight/check/facts.ts";
import { linksToTry } from "#domain/edition/preflight/check/link-rules.ts";
import { blockersIn, preflight } from "#domain/edition/preflight/check.ts";
import type { Check, Finding, LinkTrial } from "#domain/edition/preflight/finding.ts";
import type { Message } from "#domain/edition/preflight/message-rules.ts";
import { hasRun } from "#domain/edition/states.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import { inParallel } from "../../in-parallel.ts";
import type { EditionStore } from "../../ports/editions.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import { emailOf } from "../making/email.ts";
import type { MakingPorts } from "../ports.ts";
import { received } from "./compare-message.ts";
import { factsOf } from "./facts.ts";
import { type LinkTrying, tryLinks } from "./try-links.ts";

type HtmlReader = (html: string) => HtmlFacts;

export type CheckPorts = Pick<MakingPorts, "config" | "siteUrl" | "now"> & {
  /** Loads what reads an email's HTML for the facts that checks need. */
  htmlReader: () => Promise<HtmlReader>;
  editions: Pick<EditionStore, "get" | "list" | "revision" | "decisions">;
  /** SES's limits as last read by the sender; undefined before the first edition. */
  sender: () => Promise<(Budget & { readAt: Instant | null }) | undefined>;
  links: LinkTrying;
  /** Parses a message; each character is a byte. */
  readMime: (source: string) => Message;
};

/** Checks an edition's newest bytes, for another use case. */
export type CheckEdition = (
  request: EditionRequest & { links: boolean; message?: string | undefined },
) => Promise<Outcome<Check>>;

/** Earlier editions whose subject must not be repeated, because inboxes group mails by subject. */
const EARLIER = 30;
const LOOKED_AT = 60;

/** Checks an edition's newest bytes. Findings that depend on the network are always warnings. */
export async function check(
  ports: CheckPorts,
  request: EditionRequest & { links: boolean; message?: string | undefined },
): Promise<Outcome<Check>> {
  const target = resolveEdition(ports, request);
  if (!target.ok) return target;
  const { key, config } = target.value;
  const edition = await ports.editions.get(key);
  const revision = edition && edition.rev > 0 ? await ports.editions.revision(key, edition.rev) : undefined;
  if (edition === undefined || revision === undefined) {
    const how = `npx --no-install broadsheet edition build ${key.newsletter} --date ${key.date}`;
    return fault("no-edition", `${editionName(key)} has no email yet that could be checked. Build it first: ${how}`);
  }
  const [decisions, before] = await Promise.all([ports.editions.decisions(key), earlierThan(ports, key)]);
  const [earlier, account] = await Promise.all([subjectsOf(ports, before), accountOf(ports, before)]);
  const { content, email } = revision;
  const around = { config, siteUrl: ports.siteUrl, editorial: editorialStateOf(decisions), earlier, account };
  const facts = factsOf({ content, email, listId: edition.listId, ...around }, await ports.htmlReader());
  const trials = request.links ? await tryLinks(ports.links, linksToTry(facts)) : null;
  const found = checkOf(ports, revision, facts, trials);
  if (request.message === undefined) return done(found);
  const others = (rev: number) => ports.editions.revision(key, rev);
  const about = { newest: revision, siteUrl: ports.siteUrl, revision: others };
  return done({ ...found, message: await received(ports.readMime(request.message), about) });
}

/** Blockers in these words, before they are part of an edition. */
export function blockersOf(
  { readHtml, siteUrl }: Pick<CheckPorts, "siteUrl"> & { readHtml: HtmlReader },
  config: NewsletterConfig,
  { content, editorial }: { content: EditionContent; editorial: EditorialState },
): Finding[] {
  const email = emailOf(content, config, siteUrl);
  return blockersIn(
    preflight(factsOf({ content, email, config, siteUrl, editorial, earlier: [], account: null }, readHtml)),
  );
}

function checkOf(ports: CheckPorts, { rev, email }: Revision, facts: Facts, links: LinkTrial[] | null): Check {
  const { newsletter, date } = facts.content;
  const findings = preflight(facts, links ?? []);
  const ready = blockersIn(findings).length === 0;
  return { newsletter, date, rev, hash: emailHash(email), at: ports.now(), ready, findings, links, message: null };
}

async function earlierThan({ editions }: CheckPorts, { newsletter, date }: EditionKey): Promise<Edition[]> {
  const all = await editions.list(newsletter, LOOKED_AT);
  return all.filter((edition) => edition.date < date && hasRun(edition)).slice(0, EARLIER);
}

async function subjectsOf({ editions }: CheckPorts, before: readonly Edition[]): Promise<Facts["earlier"]> {
  const found = await inParallel(before, EARLIER, async (edition) => {
    const revision = await editions.revision(edition, edition.rev);
    return revision ? [{ date: edition.date, subject: revision.content.subject }] : [];
  });
  return found.flat();
}

/** The number of readers comes from the last frozen edition. */
async function accountOf(ports: CheckPorts, before: readonly Edition[]): Promise<Facts["account"]> {
  const readers = before.find(({ frozen }) => frozen !== null)?.frozen ?? null;
  // It only gives a warning, so a failure doesn't stop the check.
  const sender = await ports.sender().catch(() => undefined);
  if (readers === null || !sender || sender.quota === null || sender.readAt === null) return null;
  return { room: remainingQuota(sender, fromInstant(ports.now())), readers };
}
