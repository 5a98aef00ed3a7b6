import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { isClaimable } from "#domain/delivery/calls/attempt.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { partsOf } from "#domain/delivery/ledger/cohorts.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import { type CanaryVerdict, canaryBatches, canarySize, judgeCanary } from "#domain/delivery/pace/canary.ts";
import type { Edition } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { Ledger } from "../../ports/ledger.ts";

export type CanaryPorts = {
  settings: Pick<DeliverySettings, "canarySeconds" | "confirmations">;
  ledger: Pick<Ledger, "groups" | "batches" | "seenInGroup">;
};

/** Whether an edition continues after its first readers, and whether one of these can be mailed now. */
export async function judgeStage(
  ports: CanaryPorts,
  edition: Edition,
  now: Instant,
): Promise<CanaryVerdict & { readonly ready: boolean }> {
  const { canarySeconds, confirmations } = ports.settings;
  const size = canarySize(edition.frozen ?? 0);
  if (canarySeconds === "off" || size === null) return { is: "full", ready: true };
  const canary = await canaryOf(ports, edition);
  const verdict = judgeCanary(edition, canary, { now, seconds: canarySeconds, confirmations });
  return { ...verdict, ready: canary.some(({ batch }) => isClaimable(batch, now)) };
}

async function canaryOf({ ledger }: CanaryPorts, edition: Edition) {
  const canary: { batch: Batch; seen: ReadonlySet<SeenKey> }[] = [];
  const size = canarySize(edition.frozen ?? 0) ?? 0;
  const parts = partsOf(await ledger.groups(edition), edition.frozenAt ?? "");
  for (const { commit, due, before } of parts.filter((part) => part.before < size)) {
    const { group, run } = commit;
    const batches = await ledger.batches(edition, group, run, commit.cohorts && due);
    const seen = await ledger.seenInGroup(edition, group, run);
    for (const batch of batches.slice(0, canaryBatches(batches, before, size))) {
      canary.push({ batch, seen: seen.get(batch.key.first) ?? new Set() });
    }
  }
  return canary;
}
