import { isClaimable } from "#domain/delivery/calls/attempt.ts";
import { partsOf } from "#domain/delivery/ledger/cohorts.ts";
import { canaryBatches, canarySize } from "#domain/delivery/pace/canary.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { type Instant, toInstant } from "#domain/time/instant.ts";
import type { SendPorts } from "../ports.ts";
import { isWelcomeDue } from "./welcomes.ts";
import { WORTH_WAITING_MS } from "./work.ts";

/** Whether anything can be claimed soon. Reads everything again. */
export async function anythingDue(ports: SendPorts): Promise<boolean> {
  const horizon = toInstant(ports.clock.now() + WORTH_WAITING_MS);
  for (const { newsletter, date } of await ports.ledger.pointers()) {
    const edition = await ports.editions.get({ newsletter, date });
    if (edition?.state === "sending" && (await isDueIn(ports, edition, horizon))) return true;
  }
  return isWelcomeDue(ports, horizon);
}

async function isDueIn(ports: SendPorts, edition: Edition, horizon: Instant): Promise<boolean> {
  const size = edition.stage === "canary" ? canarySize(edition.frozen ?? 0) : null;
  for (const { commit, due, before } of partsOf(await ports.ledger.groups(edition), edition.frozenAt ?? "")) {
    const { group, run, closedAt, cohorts } = commit;
    if (closedAt !== null || due > horizon || (size !== null && before >= size)) continue;
    const batches = await ports.ledger.batches(edition, group, run, cohorts && due);
    const offered = size === null ? batches : batches.slice(0, canaryBatches(batches, before, size));
    if (offered.some((batch) => isClaimable(batch, horizon))) return true;
  }
  return false;
}
