import type { EditionKey, EditionState } from "#domain/edition/edition.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type {
  FindRequest,
  FindResponse,
  Found,
  Why,
  WhyRequest,
  WhyResponse,
  WorkbenchRequest,
  WorkbenchResponse,
} from "#functions/assemble/contract.ts";
import type { Gives } from "#functions/command/contract.ts";
import type { EditionStore } from "../ports.ts";
import { type Asked, editionAsked, type Newsletters } from "./newsletter.ts";

export type WhyPorts = Newsletters & { why: (request: WhyRequest) => Promise<WhyResponse> };

/** Why stories are in an edition or not, as the assemble function explains it. */
export async function explainEdition(
  ports: WhyPorts,
  { story, ...asked }: Asked & { story?: string | undefined },
): Promise<Outcome<Why>> {
  const edition = editionAsked(ports, asked);
  if (!edition.ok) return edition;
  const { newsletter, date } = edition.value;
  const explained = await ports.why({ do: "why", newsletter, date, story });
  return explained.ok ? done(explained.value) : explained;
}

/** What assemble knows of an edition at work. */
export type WorkPorts = Newsletters & {
  editions: Pick<EditionStore, "get" | "decisions">;
  workbench: (request: WorkbenchRequest) => Promise<WorkbenchResponse>;
  find: (request: FindRequest) => Promise<FindResponse>;
};

type Seen = { decisions: number; rev: number; state: EditionState };

/** Looked at every few seconds by each open desk, so it reads two things and makes nothing. */
async function isStill({ editions }: WorkPorts, key: EditionKey, seen: Seen): Promise<boolean> {
  const [edition, log] = await Promise.all([editions.get(key), editions.decisions(key)]);
  return edition?.rev === seen.rev && edition.state === seen.state && (log.at(-1)?.n ?? 0) === seen.decisions;
}

export async function showWorkbench(
  ports: WorkPorts,
  { since, unless, ...asked }: Asked & { since?: number | undefined; unless?: Seen | undefined },
): Promise<Outcome<Gives<"workbench">>> {
  const edition = editionAsked(ports, asked);
  if (!edition.ok) return edition;
  const { newsletter, date } = edition.value;
  if (unless && (await isStill(ports, { newsletter, date }, unless))) return done({ workbench: null });
  const made = await ports.workbench({ do: "workbench", newsletter, date, since });
  return made.ok ? done({ workbench: made.value }) : made;
}

export async function findStories(
  ports: WorkPorts,
  { words, ...asked }: Asked & { words: string },
): Promise<Outcome<Found>> {
  const edition = editionAsked(ports, asked);
  if (!edition.ok) return edition;
  const { newsletter, date } = edition.value;
  return ports.find({ do: "find", newsletter, date, words });
}
