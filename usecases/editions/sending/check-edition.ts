import type { EditionKey } from "#domain/edition/edition.ts";
import { blockersIn, sentences } from "#domain/edition/preflight/check.ts";
import type { Finding } from "#domain/edition/preflight/finding.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { CheckRequest, CheckResponse } from "#functions/assemble/contract.ts";
import type { Gives } from "#functions/command/contract.ts";
import { type Asked, editionAsked, type Newsletters } from "../newsletter.ts";

export type CheckPorts = Newsletters & { check: (request: CheckRequest) => Promise<CheckResponse> };

/** What a check of the edition finds; that something is found is no fault. */
export async function checkEdition(
  ports: CheckPorts,
  { links, message, ...asked }: Asked & { links: boolean; message?: string | undefined },
): Promise<Outcome<Gives<"check">>> {
  const edition = editionAsked(ports, asked);
  if (!edition.ok) return edition;
  const { newsletter, date }: EditionKey = edition.value;
  const checked = await ports.check({ do: "check", newsletter, date, links, message });
  return checked.ok ? done({ check: checked.value }) : checked;
}

/**
 * What stands against sending an edition: a fault, unless it may be waived and is. Else what there is to know, waived
 * blockers first. Links are not tried, since none of them could stop it: `edition check` tries them.
 */
export async function passed(ports: CheckPorts, key: EditionKey, anyway: boolean): Promise<Outcome<Finding[]>> {
  const { newsletter, date } = key;
  const checked = await ports.check({ do: "check", newsletter, date, links: false });
  if (!checked.ok) return checked;
  const { findings } = checked.value;
  const blockers = blockersIn(findings);
  const final = blockers.filter((one) => one.final);
  const standing = anyway ? final : blockers;
  if (standing.length === 0) return done(findings);
  const mend = final.length > 0 ? "It cannot be sent so." : "Mend that, or send it all the same with --anyway.";
  return fault("blocked", `The edition of ${newsletter} for ${date} is not sent. ${sentences(standing)} ${mend}`);
}
