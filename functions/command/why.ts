import { done, type Outcome } from "#domain/outcome.ts";
import type { Why, WhyRequest, WhyResponse } from "../assemble/contract.ts";
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
