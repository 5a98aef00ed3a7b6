import type { EditionState, EditionView, RenderedEmail } from "#domain/edition/edition.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import { type EditionRequest, findNewsletter } from "./edition-request.ts";
import { type EditionPorts, findEdition, newestRevision, viewOf } from "./find-edition.ts";
import { impersonal } from "./making/email.ts";

/** Editions in a list. */
const LISTED = 60;

/** An edition as it is, with its counts of now and, if asked for, its email without the personal links. */
export async function showEdition(
  ports: EditionPorts,
  { email, ...request }: EditionRequest & { email: boolean },
): Promise<Outcome<{ edition: EditionView; email: RenderedEmail | null }>> {
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const { revision } = found.value;
  return done({
    edition: await viewOf(ports, found.value),
    email: email && revision !== undefined ? impersonal(revision.email, ports.siteUrl) : null,
  });
}

type EditionSummary = { date: LocalDate; state: EditionState; subject: string; audience: number; accepted: number };

/** The newest editions, newest first. */
export async function listEditions(
  ports: EditionPorts,
  { newsletter }: { newsletter: string },
): Promise<Outcome<{ editions: EditionSummary[] }>> {
  const known = findNewsletter(ports.config, newsletter);
  if (!known.ok) return known;
  const editions = await ports.editions.list(newsletter, LISTED);
  const summaries = editions.map(async (edition) => {
    const [revision, counts] = await Promise.all([newestRevision(ports, edition), ports.editions.counts(edition)]);
    const { audience, accepted } = counts;
    return { date: edition.date, state: edition.state, subject: revision?.content.subject ?? "", audience, accepted };
  });
  return done({ editions: await Promise.all(summaries) });
}
