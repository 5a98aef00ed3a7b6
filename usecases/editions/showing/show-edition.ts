import type { EditionState, EditionView, RenderedEmail } from "#domain/edition/edition.ts";
import type { EditionOutlook } from "#domain/edition/timing/outlook.ts";
import type { WorthCounts } from "#domain/edition/worth.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import type { WorthStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { type EditionRequest, findNewsletter, resolveEdition } from "../edition-request.ts";
import { type EditionPorts, findEdition, newestRevision, viewOf } from "../find-edition.ts";
import { impersonal } from "../making/email.ts";
import { nextOfEdition, type OutlookPorts } from "../next-of-edition.ts";

/** Number of editions in a list. */
const LISTED = 60;

export type ShownEdition = { edition: EditionView; outlook: EditionOutlook; email: RenderedEmail | null };

/** An edition with its current counts and, on request, its email without personal links. */
export async function showEdition(
  ports: EditionPorts & OutlookPorts & { ledger: Pick<Ledger, "sender"> },
  { email, ...request }: EditionRequest & { email: boolean },
): Promise<Outcome<ShownEdition>> {
  const resolved = resolveEdition(ports, request);
  if (!resolved.ok) return resolved;
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const { edition, revision } = found.value;
  const view = await viewOf(ports, found.value);
  const sender = edition.state === "sending" ? await ports.ledger.sender() : undefined;
  return done({
    edition: view,
    outlook: await nextOfEdition(ports, resolved.value, { edition, counts: view.counts, sender }),
    email: email && revision !== undefined ? impersonal(revision.email, ports.siteUrl) : null,
  });
}

type EditionSummary = {
  date: LocalDate;
  state: EditionState;
  subject: string;
  audience: number;
  accepted: number;
  /** Readers' answers to whether it was worth reading; null: none. */
  worth: WorthCounts | null;
};

/** The newest editions, newest first. */
export async function listEditions(
  ports: EditionPorts & { worth: Pick<WorthStore, "of"> },
  { newsletter }: { newsletter: string },
): Promise<Outcome<{ editions: EditionSummary[] }>> {
  const known = findNewsletter(ports.config, newsletter);
  if (!known.ok) return known;
  const [editions, worth] = await Promise.all([
    ports.editions.list(newsletter, LISTED),
    ports.worth.of(newsletter, LISTED),
  ]);
  const summaries = editions.map(async (edition) => {
    const [revision, counts] = await Promise.all([newestRevision(ports, edition), ports.editions.counts(edition)]);
    const { audience, accepted } = counts;
    const { date, state } = edition;
    const subject = revision?.content.subject ?? "";
    return { date, state, subject, audience, accepted, worth: worth.get(date) ?? null };
  });
  return done({ editions: await Promise.all(summaries) });
}
