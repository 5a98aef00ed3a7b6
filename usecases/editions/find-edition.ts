import {
  type Counts,
  type Edition,
  type EditionKey,
  type EditionView,
  editionKeyOf,
  editionName,
  type Revision,
} from "#domain/edition/edition.ts";
import { editionView, noContent } from "#domain/edition/views/view.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { EditionStore } from "../ports/editions.ts";
import { type EditionRequest, type Newsletters, resolveEdition } from "./edition-request.ts";
import { bytesOf } from "./making/email.ts";

/** Reading editions. */
export type EditionPorts = Newsletters & {
  siteUrl: string;
  editions: Pick<EditionStore, "get" | "list" | "revision" | "counts">;
};

export type FoundEdition = { edition: Edition; revision: Revision | undefined };

/** The edition with its newest content, or a fault that says how to make one. */
export async function findEdition(ports: EditionPorts, request: EditionRequest): Promise<Outcome<FoundEdition>> {
  const resolved = resolveEdition(ports, request);
  if (!resolved.ok) return resolved;
  const { newsletter, date } = resolved.value.key;
  const edition = await ports.editions.get({ newsletter, date });
  if (edition !== undefined) return done({ edition, revision: await newestRevision(ports, edition) });
  const [last] = await ports.editions.list(newsletter, 1);
  const hint = last === undefined ? "" : ` The newest is of ${last.date} (--date ${last.date}).`;
  const fix = `Draft one with: npx --no-install broadsheet edition build ${newsletter} --date ${date}.`;
  return fault("no-edition", `${newsletter} has no edition for ${date}. ${fix}${hint}`);
}

export const newestRevision = async (
  { editions }: { editions: Pick<EditionStore, "revision"> },
  edition: Edition,
): Promise<Revision | undefined> =>
  edition.rev === 0 ? undefined : editions.revision(editionKeyOf(edition), edition.rev);

/** The reason for its state, in brackets: ` (SES has paused sending)`. */
export const because = ({ reason }: Edition): string =>
  reason === null ? "" : ` (${reason.replace(/^(Held|Halted) because /, "").replace(/\.$/, "")})`;

type ViewPorts = { siteUrl: string; editions: Pick<EditionStore, "counts"> };

/** The edition as editors see it: its newest revision, and the current counts of its batches. */
export async function viewOf(ports: ViewPorts, found: FoundEdition): Promise<EditionView> {
  return viewWith(await ports.editions.counts(editionKeyOf(found.edition)), ports, found);
}

/** The same with counts that are already known. */
export function viewWith(
  counts: Counts,
  { siteUrl }: Pick<ViewPorts, "siteUrl">,
  { edition, revision }: FoundEdition,
): EditionView {
  if (revision === undefined) return editionView(edition, noContent(edition), counts, null);
  const { content, email } = revision;
  return editionView(edition, content, counts, { email, bytes: bytesOf(email, siteUrl) });
}

/** A command's answer: the edition as it is stored now. */
export async function currentEdition(
  ports: EditionPorts,
  request: EditionRequest,
): Promise<Outcome<{ edition: EditionView }>> {
  const view = await currentView(ports, request);
  return view.ok ? done({ edition: view.value }) : view;
}

export const changedMeanwhile = (key: EditionKey) =>
  fault("conflict", `${editionName(key)} was changed at the same moment. Look at it and try again.`);

/** The edition as it is stored now, as editors see it. */
export async function currentView(ports: EditionPorts, request: EditionRequest): Promise<Outcome<EditionView>> {
  const found = await findEdition(ports, request);
  return found.ok ? done(await viewOf(ports, found.value)) : found;
}
