import { normaliseAddress } from "#domain/audience/address/address.ts";
import { leave, stopMail } from "#domain/audience/consent/consent.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { type Claim, subscriberId } from "#domain/audience/tokens/token.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { Newsletters } from "../../editions/edition-request.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { AuditLog } from "../../ports/services.ts";
import { currentReader } from "../leave.ts";
import { changedMeanwhile, untilSaved } from "../until-saved.ts";

export type ReplayPorts = Newsletters & {
  subscribers: Pick<SubscriberStore, "get" | "write">;
  audit: Pick<AuditLog, "append">;
  keys: () => Promise<SigningKeys>;
  now: () => Instant;
};

type ReplayRequest = {
  /** Unsubscriptions, from the site's log. */
  left: readonly { newsletter: string; id: string; at: Instant }[];
  /** Addresses that bounced permanently or complained, with the time, from SES's suppression list. */
  stopped: readonly { address: string; complained: boolean; at: Instant }[];
  dryRun: boolean;
  by: string;
};

type ReplayCounts = { left: number; bounced: number; complained: number; unchanged: number };

type Steps = {
  read: () => Promise<Subscriber | undefined>;
  /** Undefined: nothing to end. */
  end: (before: Subscriber) => Subscriber | undefined;
};

const SOURCE = "restore replay";

/**
 * Replays what a restored table doesn't know: who unsubscribed, bounced or complained since the backup. Later consent
 * is kept, and a second call changes nothing more.
 */
export async function replay(ports: ReplayPorts, request: ReplayRequest): Promise<Outcome<ReplayCounts>> {
  const counts = { left: 0, bounced: 0, complained: 0, unchanged: 0 };
  const newsletters = Object.keys(ports.config.newsletters);
  const subjects: string[] = [];
  const take = async (reader: Claim, as: keyof ReplayCounts, steps: Steps) => {
    const ended = await endOne(ports, request, reader.newsletter, steps);
    counts[ended ? as : "unchanged"] += 1;
    if (ended) subjects.push(reader.id);
  };
  for (const { at, ...reader } of request.left) {
    if (!newsletters.includes(reader.newsletter)) continue;
    // Readers who changed address unsubscribe at the new one, also by a link in an old email.
    const read = () => currentReader(ports, reader);
    const end = (before: Subscriber) => (at < before.addedAt ? undefined : leave(before, ports.now()));
    await take(reader, "left", { read, end });
  }
  const keys = await ports.keys();
  for (const { address, complained, at } of request.stopped) {
    const normalised = normaliseAddress(address);
    if (!normalised.ok) continue;
    const status = complained ? "complained" : "bounced";
    for (const newsletter of newsletters) {
      const id = subscriberId(keys, newsletter, normalised.value);
      const read = () => ports.subscribers.get(newsletter, id);
      await take({ newsletter, id }, status, { read, end: (before) => stopMail(before, status, at, ports.now()) });
    }
  }
  if (subjects.length > 0 && !request.dryRun) {
    const note = `${counts.left} left, ${counts.bounced} bounced, ${counts.complained} complained`;
    await ports.audit.append({ at: ports.now(), by: request.by, did: SOURCE, newsletter: null, subjects, note });
  }
  return done(counts);
}

async function endOne(
  ports: ReplayPorts,
  { by, dryRun }: ReplayRequest,
  newsletter: string,
  { read, end }: Steps,
): Promise<boolean> {
  return untilSaved(async () => {
    const before = await read();
    const after = before && end(before);
    if (after === undefined) return false;
    if (dryRun) return true;
    const cause = { by, source: SOURCE, evidence: null };
    const [written] = await ports.subscribers.write(newsletter, [{ before, after, cause }]);
    if (written) return true;
    return changedMeanwhile;
  });
}
