import type { EditionKey } from "#domain/edition/edition.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { CheckRequest, CheckResponse } from "../assemble/contract.ts";
import type { Gives } from "./contract.ts";
import { type Asked, editionAsked, type Newsletters } from "./newsletter.ts";

export type CheckPorts = Newsletters & { check: (request: CheckRequest) => Promise<CheckResponse> };

/** What a check of the edition finds; that something is found is no fault. */
export async function checkEdition(
  ports: CheckPorts,
  { links, ...asked }: Asked & { links: boolean },
): Promise<Outcome<Gives<"check">>> {
  const edition = editionAsked(ports, asked);
  if (!edition.ok) return edition;
  const { newsletter, date }: EditionKey = edition.value;
  const checked = await ports.check({ do: "check", newsletter, date, links });
  return checked.ok ? done({ check: checked.value }) : checked;
}
