import type { Edition, EditionKey, EditionView, RenderedEmail, Revision } from "#domain/edition/edition.ts";
import { editionView, noContent } from "#domain/edition/view.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { AssembleRequest, AssembleResponse, DecisionInput } from "#functions/assemble/contract.ts";
import type { Gives } from "#functions/command/contract.ts";
import { paths } from "#functions/site/contract.ts";
import { emailBytes, fill, longestValues, readerValues } from "#templates/digest.ts";
import type { AuditLog, EditionStore } from "../ports.ts";
import { type Asked, editionAsked, type Newsletters, newsletterNamed } from "./newsletter.ts";

/** Reading editions. */
export type EditionPorts = Newsletters & {
  siteUrl: string;
  editions: Pick<EditionStore, "get" | "list" | "revision" | "counts">;
};
/** Making them: the assemble function's work. */
export type AssemblePorts = Newsletters & { assemble: (request: AssembleRequest) => Promise<AssembleResponse> };

type By = { by: string };
type GivesEdition = Promise<Outcome<{ edition: EditionView }>>;

/** So many editions are listed. */
const LISTED = 60;

export const buildEdition = (ports: AssemblePorts, { by, ...asked }: Asked & By): GivesEdition =>
  assembled(ports, asked, (key) => ({ do: "build", ...key, by }));

export function draftEdition(
  ports: AssemblePorts,
  { newsletter, date, ...digest }: Asked & By & { text: string; subject?: string | undefined; replace: boolean },
): GivesEdition {
  return assembled(ports, { newsletter, date }, (key) => ({ do: "draft", ...key, ...digest }));
}

/** A correction is a decision too, but where it comes from the log it adds none: the audit log says who sent it. */
export async function correctEdition(
  ports: AssemblePorts & { audit: Pick<AuditLog, "append"> },
  { by, text, subject, ...asked }: Asked & By & { text?: string | undefined; subject?: string | undefined },
): GivesEdition {
  const corrected = await assembled(ports, asked, (key) => ({ do: "correct", ...key, text, subject, by }));
  if (!corrected.ok) return corrected;
  const { newsletter, date, rev } = corrected.value.edition;
  const note = `revision ${rev}, for those who wait`;
  await ports.audit.append({ at: ports.now(), by, did: "edition correct", newsletter, subjects: [date], note });
  return corrected;
}

export const decide = (
  ports: AssemblePorts,
  { by, decision, key: name, ...asked }: Asked & By & { decision: DecisionInput; key?: string | undefined },
): GivesEdition => assembled(ports, asked, (key) => ({ do: "decide", ...key, decision, by, key: name }));

async function assembled(
  ports: AssemblePorts,
  asked: Asked,
  request: (key: EditionKey) => AssembleRequest,
): GivesEdition {
  const edition = editionAsked(ports, asked);
  if (!edition.ok) return edition;
  const { newsletter, date } = edition.value;
  const made = await ports.assemble(request({ newsletter, date }));
  return made.ok ? done({ edition: made.value }) : made;
}

/** An edition as it stands, with its counts of now and, if asked for, its email but for the personal links. */
export async function showEdition(
  ports: EditionPorts,
  { email, ...asked }: Asked & { email: boolean },
): Promise<Outcome<Gives<"show">>> {
  const found = await findEdition(ports, asked);
  if (!found.ok) return found;
  const { revision } = found.value;
  return done({
    edition: await viewOf(ports, found.value),
    email: email && revision !== undefined ? impersonal(ports.siteUrl, revision.email) : null,
  });
}

/** The newest editions, newest first. */
export async function listEditions(
  ports: EditionPorts,
  { newsletter }: { newsletter: string },
): Promise<Outcome<Gives<"list">>> {
  const known = newsletterNamed(ports.config, newsletter);
  if (!known.ok) return known;
  const editions = await ports.editions.list(newsletter, LISTED);
  const lines = editions.map(async (edition) => {
    const [revision, counts] = await Promise.all([newest(ports, edition), ports.editions.counts(edition)]);
    const { audience, accepted } = counts;
    return { date: edition.date, state: edition.state, subject: revision?.content.subject ?? "", audience, accepted };
  });
  return done({ editions: await Promise.all(lines) });
}

export type FoundEdition = { edition: Edition; revision: Revision | undefined };

/** The edition that is meant with its newest content, or a fault that says how to get one. */
export async function findEdition(ports: EditionPorts, asked: Asked): Promise<Outcome<FoundEdition>> {
  const key = editionAsked(ports, asked);
  if (!key.ok) return key;
  const { newsletter, date } = key.value;
  const edition = await ports.editions.get({ newsletter, date });
  if (edition !== undefined) return done({ edition, revision: await newest(ports, edition) });
  const [last] = await ports.editions.list(newsletter, 1);
  const hint = last === undefined ? "" : ` The newest is of ${last.date} (--date ${last.date}).`;
  const mend = `Draft one with: npx broadsheet edition build ${newsletter} --date ${date}.`;
  return fault("no-edition", `${newsletter} has no edition for ${date}. ${mend}${hint}`);
}

const newest = async ({ editions }: EditionPorts, edition: Edition) =>
  edition.rev === 0 ? undefined : editions.revision(keyOf(edition), edition.rev);

export const nameOf = ({ newsletter, date }: EditionKey): string => `The edition of ${newsletter} for ${date}`;

/** Why it is in its state, behind the state: ` (SES has paused sending)`. */
export const because = ({ reason }: Edition): string =>
  reason === null ? "" : ` (${reason.replace(/^(Held|Halted) because /, "").replace(/\.$/, "")})`;

export const keyOf = ({ newsletter, date }: Edition): EditionKey => ({ newsletter, date });

/** The email as anyone may see it: its unsubscribe link leads to a page that only explains. */
export const impersonal = (siteUrl: string, email: RenderedEmail): RenderedEmail =>
  fill(email, readerValues({ unsubscribeUrl: siteUrl.replace(/\/$/, "") + paths.aboutUnsubscribing }));

/** The view of an edition as its newest revision and its batches have it now. */
export async function viewOf(ports: EditionPorts, { edition, revision }: FoundEdition): Promise<EditionView> {
  const counts = await ports.editions.counts(keyOf(edition));
  if (revision === undefined) return editionView(edition, noContent(edition), counts, null);
  const { content, email } = revision;
  const bytes = emailBytes(fill(email, longestValues(ports.siteUrl)));
  return editionView(edition, content, counts, { email, bytes });
}
