import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { fieldOf, makeEdition } from "#domain/edition/content/make.ts";
import { newEdition } from "#domain/edition/states.ts";
import { editionView } from "#domain/edition/view.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import { bytesOf, emailOf, impersonal } from "../making/email.ts";
import { gather } from "../making/gather.ts";
import { nextOfEdition } from "../next-of-edition.ts";
import type { WorkbenchPorts } from "../ports.ts";
import { type ShownEdition, showEdition } from "../show-edition.ts";

/** An edition and its email; of one that isn't drafted yet, what they would be if it were drafted now. Stores nothing. */
export async function showOrPreview(
  ports: WorkbenchPorts,
  request: EditionRequest & { email: boolean },
): Promise<Outcome<ShownEdition>> {
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
  return done({
    edition: view,
    outlook: nextOfEdition(ports, resolved.value, { edition: undefined, counts: null }),
    email: request.email && hasStories ? impersonal(email, ports.siteUrl) : null,
  });
}
