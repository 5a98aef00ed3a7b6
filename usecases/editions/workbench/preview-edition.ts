import { makeEdition } from "#domain/edition/content/make.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import { impersonal } from "../making/email.ts";
import { gather } from "../making/gather.ts";
import { fieldFor } from "../making/known-field.ts";
import { nextOfEdition } from "../next-of-edition.ts";
import type { WorkbenchPorts } from "../ports.ts";
import { type ShownEdition, showEdition } from "../showing/show-edition.ts";
import { asIfDrafted } from "./as-if-drafted.ts";

/** An edition and its email; if it isn't drafted yet, as they would be if it were drafted now. Stores nothing. */
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
  const field = fieldFor(gathered);
  const { content } = await gathered.withTexts(() => makeEdition({ ...gathered, decisions }, field));
  const { view, email } = asIfDrafted(gathered, content, now, ports.siteUrl);
  const hasStories = content.lead.storyId !== null;
  return done({
    edition: view,
    outlook: await nextOfEdition(ports, resolved.value, { edition: undefined, counts: null }),
    email: request.email && hasStories ? impersonal(email, ports.siteUrl) : null,
  });
}
