import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { blockersIn, sentences } from "#domain/edition/preflight/check.ts";
import type { Finding } from "#domain/edition/preflight/finding.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { Ports } from "../ports.ts";
import { blockedNotice, linksNotice } from "./notices.ts";
import { notifyOnce } from "./notify-once.ts";

/**
 * Whether something is against sending a draft by itself. Then it stays a draft, so editors can fix it, says
 * why, and they are notified. Links are not tried: a network isn't a reason to wait.
 */
export async function isBlocked(
  ports: Ports,
  edition: Edition,
  config: NewsletterConfig,
  due: { dueAt: Instant; latest: Instant },
): Promise<boolean> {
  const { newsletter, date, rev } = edition;
  const key = { newsletter, date };
  const checked = await ports.check({ ...key, links: false });
  // What cannot be checked has no email; approving it says so.
  const blockers = checked.ok ? blockersIn(checked.value.findings) : [];
  if (blockers.length === 0) return false;
  const reason = `Not sent when it was due. ${sentences(blockers)}`;
  // An editor who changes it in this very moment has it as it is then, and fixes it.
  await ports.editions.update(key, { reason, ...due }, { state: ["draft"], rev });
  await notifyOnce(ports, key, "blocked", blockedNotice(key, config, blockers));
  return true;
}

/** Everything a check finds, links tried; nothing where it cannot be made. */
export async function findingsOf(ports: Ports, key: EditionKey): Promise<Finding[]> {
  const checked = await ports.check({ ...key, links: true });
  return checked.ok ? checked.value.findings : [];
}

/** Tells the editors of an edition that went out by itself which of its links do not open. */
export async function notifyBrokenLinks(ports: Ports, key: EditionKey, config: NewsletterConfig): Promise<void> {
  const checked = await ports.check({ ...key, links: true });
  const trials = checked.ok ? (checked.value.links ?? []) : [];
  const dead = trials.filter(({ outcome }) => outcome === "dead" || outcome === "refused");
  if (dead.length > 0) await notifyOnce(ports, key, "links", linksNotice(key, config, dead));
}
