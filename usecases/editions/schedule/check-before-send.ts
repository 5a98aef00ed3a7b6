import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { blockersIn, sentences } from "#domain/edition/preflight/check.ts";
import type { Finding } from "#domain/edition/preflight/finding.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { Ports } from "../ports.ts";
import { blockedNotice, linksNotice } from "./notices.ts";
import { notifyOnce } from "./notify-once.ts";

/**
 * Whether blockers prevent a draft from being sent automatically. If so, it stays a draft with the reason, and the
 * editors are notified. Links aren't tried, because a network problem must not delay an edition.
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
  // If it can't be checked, it has no email; approving it reports that.
  const blockers = checked.ok ? blockersIn(checked.value.findings) : [];
  if (blockers.length === 0) return false;
  const reason = `Not sent when it was due. ${sentences(blockers)}`;
  // If an editor changes it at this moment, they have the newest version and can fix it.
  await ports.editions.update(key, { reason, ...due }, { state: ["draft"], rev });
  await notifyOnce(ports, key, "blocked", blockedNotice(key, config, blockers));
  return true;
}

/** All findings including links; empty if the check fails. */
export async function findingsOf(ports: Ports, key: EditionKey): Promise<Finding[]> {
  const checked = await ports.check({ ...key, links: true });
  return checked.ok ? checked.value.findings : [];
}

/** Mails the editors of an automatically sent edition about links that don't open. */
export async function notifyBrokenLinks(ports: Ports, key: EditionKey, config: NewsletterConfig): Promise<void> {
  const checked = await ports.check({ ...key, links: true });
  const trials = checked.ok ? (checked.value.links ?? []) : [];
  const dead = trials.filter(({ outcome }) => outcome === "dead" || outcome === "refused");
  if (dead.length > 0) await notifyOnce(ports, key, "links", linksNotice(key, config, dead));
}
