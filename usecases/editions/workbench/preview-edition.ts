import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { fieldOf, makeEdition } from "#domain/edition/content/make.ts";
import type { EditionView, RenderedEmail } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import { editionView } from "#domain/edition/view.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import { bytesOf, emailOf, impersonal } from "../making/email.ts";
import { gather } from "../making/gather.ts";
import type { Ports } from "../ports.ts";
import { showEdition } from "../show-edition.ts";

/** An edition and its email; of one that isn't drafted yet, what they would be if it were drafted now. Stores nothing. */
export async function showOrPreview(
  ports: Ports,
  request: EditionRequest & { email: boolean },
): Promise<Outcome<{ edition: EditionView; email: RenderedEmail | null }>> {
  const resolved = resolveEdition(ports, request);
  if (!resolved.ok) return resolved;
  const { key, config } = resolved.value;
  if ((await ports.editions.get(key)) !== undefined) return showEdition(ports, request);
  const now = ports.now();
  const [gathered, decisions] = await Promise.all([gather(ports, key, config, now), ports.editions.decisions(key)]);
  const { content } = makeEdition({ ...gathered, decisions }, fieldOf(gathered));
  const email = emailOf(content, config, ports.siteUrl);
  const edition = newEdition({ ...key, now, rev: 0, cutoff: null });
  const view = editionView(edition, content, noCounts, { email, bytes: bytesOf(email, ports.siteUrl) });
  const hasStories = content.lead.storyId !== null;
  return done({ edition: view, email: request.email && hasStories ? impersonal(email, ports.siteUrl) : null });
}
