import { type EditionKey, editionName } from "#domain/edition/edition.ts";
import { blockersIn, sentences } from "#domain/edition/preflight/check.ts";
import type { Finding } from "#domain/edition/preflight/finding.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { CheckEdition } from "../check/check.ts";

/**
 * Blockers of sending an edition, as a fault unless they are overridden; otherwise all findings, overridden blockers
 * first. Links aren't tried, because they never block; `edition check` tries them.
 */
export async function requireSendable(
  ports: { check: CheckEdition },
  key: EditionKey,
  { anyway }: { anyway: boolean },
): Promise<Outcome<Finding[]>> {
  const checked = await ports.check({ ...key, links: false });
  if (!checked.ok) return checked;
  const { findings } = checked.value;
  const blockers = blockersIn(findings);
  const final = blockers.filter((one) => one.final);
  const blocking = anyway ? final : blockers;
  if (blocking.length === 0) return done(findings);
  const fix = final.length > 0 ? "It can't be sent like this." : "Fix that, or send it anyway with --anyway.";
  return fault("blocked", `${editionName(key)} is not sent. ${sentences(blocking)} ${fix}`);
}
