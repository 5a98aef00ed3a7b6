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
} from "../assemble/contract.ts";
import type { Gives } from "./contract.ts";
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
  workbench: (request: WorkbenchRequest) => Promise<WorkbenchResponse>;
  find: (request: FindRequest) => Promise<FindResponse>;
};

export async function showWorkbench(
  ports: WorkPorts,
  { since, ...asked }: Asked & { since?: number | undefined },
): Promise<Outcome<Gives<"workbench">>> {
  const edition = editionAsked(ports, asked);
  if (!edition.ok) return edition;
  const { newsletter, date } = edition.value;
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
