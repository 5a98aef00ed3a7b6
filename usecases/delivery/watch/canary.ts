import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { isClaimable } from "#domain/delivery/calls/attempt.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import { type CanaryVerdict, canaryBatches, canarySize, judgeCanary } from "#domain/delivery/pace/canary.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { Ledger } from "../../ports/ledger.ts";

export type CanaryPorts = {
  settings: Pick<DeliverySettings, "canarySeconds" | "confirmations">;
  ledger: Pick<Ledger, "groups" | "batches" | "seenInGroup">;
};

/** Whether the rest of an edition follow its first readers, and whether one of those can be mailed now. */
export async function judgeStage(
  ports: CanaryPorts,
  edition: Edition,
  now: Instant,
): Promise<CanaryVerdict & { readonly ready: boolean }> {
  const { canarySeconds, confirmations } = ports.settings;
  const size = canarySize(edition.frozen ?? 0);
  if (canarySeconds === "off" || size === null) return { is: "full", ready: true };
  const canary = await canaryOf(ports, edition, size);
  const verdict = judgeCanary(edition, canary, { now, seconds: canarySeconds, confirmations });
  return { ...verdict, ready: canary.some(({ batch }) => isClaimable(batch, now)) };
}

async function canaryOf({ ledger }: CanaryPorts, key: EditionKey, size: number) {
  const canary: { batch: Batch; seen: ReadonlySet<SeenKey> }[] = [];
  let readers = 0;
  for (const { group, run, readers: own } of await ledger.groups(key)) {
    if (readers >= size) break;
    const batches = await ledger.batches(key, group, run);
    const seen = await ledger.seenInGroup(key, group, run);
    for (const batch of batches.slice(0, canaryBatches(batches, readers, size))) {
      canary.push({ batch, seen: seen.get(batch.key.first) ?? new Set() });
    }
    readers += own;
  }
  return canary;
}
