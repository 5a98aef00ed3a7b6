import { type Admission, admit, isOver, limitAhead, type Reception, type WarmUp } from "#domain/audience/warm-up.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { EDITIONS_LOOKED_AT, lastAdmitted, receptionOfLast } from "#domain/delivery/previous-edition.ts";
import type { Edition } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import { changeWarmUp } from "../../audience/operate/change-warm-up.ts";
import { newestEditions } from "../../editions/newest-editions.ts";
import type { WarmUpStore } from "../../ports/audience.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Log } from "../../ports/services.ts";

export type AdmissionPorts = {
  warmUps: WarmUpStore;
  editions: Pick<EditionStore, "list" | "counts">;
  now: () => Instant;
  log: Log;
};

const TRIES = 10;
const well: Reception = { is: "well" };

/**
 * Decides which imported readers an edition admits. The first freeze's decision is kept, because its groups may be
 * committed already. The limit is raised before it is stored with the edition; after a crash in between, the next run
 * finds the limit for this date.
 */
export async function admissionOf(ports: AdmissionPorts, edition: Edition): Promise<Admission | undefined> {
  if (edition.frozenAt !== null) return edition.warmUp;
  const { newsletter, date } = edition;
  const decided = await changeWarmUp(ports.warmUps, newsletter, TRIES, async (before) => {
    if (before === undefined) return { after: undefined, value: undefined };
    // A finished warm-up needs no counts.
    const reception = isOver(before) ? well : await receptionOf(ports, edition, before);
    const { admission, after } = admit(before, { date, reception });
    return { after, value: { admission, newlyBraked: after === before ? null : after.braked } };
  });
  if (decided === undefined) return undefined;
  const { admission, newlyBraked: why } = decided;
  if (why !== null) ports.log.warn("a warm-up admits no one new", { newsletter, date, why });
  return admission;
}

async function receptionOf(
  { editions, now }: AdmissionPorts,
  { newsletter, date }: Edition,
  warmUp: WarmUp,
): Promise<Reception> {
  const newest = await newestEditions(editions, newsletter, EDITIONS_LOOKED_AT, now());
  const last = lastAdmitted(newest, date, warmUp);
  if (last === undefined) return { is: "unsent" };
  return receptionOfLast(last, await editions.counts(last));
}

/** The same with the number of readers. */
export function frozenAdmission(
  warmUp: Admission | undefined,
  commits: readonly Pick<GroupCommit, "warmUp">[],
): Admission | undefined {
  const sum = (of: "admitted" | "waiting") => commits.reduce((total, commit) => total + (commit.warmUp?.[of] ?? 0), 0);
  const counted = { admitted: sum("admitted"), waiting: sum("waiting") };
  if (warmUp === undefined && counted.waiting === 0) return undefined;
  return { ...(warmUp ?? { below: 0, from: 0 }), ...counted };
}

/** Approximate number of readers that the next edition leaves out, at least. */
export async function waitingFor({ warmUps }: Pick<AdmissionPorts, "warmUps">, newsletter: string): Promise<number> {
  const warmUp = await warmUps.get(newsletter);
  return warmUp === undefined ? 0 : Math.max(0, warmUp.queued - limitAhead(warmUp, 1));
}
