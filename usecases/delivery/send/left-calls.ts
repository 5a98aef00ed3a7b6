import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { leftBehind, nextOfUnknown } from "#domain/delivery/calls/left-behind.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { SendPorts } from "./ports.ts";

type Ports = Pick<SendPorts, "log"> & { ledger: Pick<SendPorts["ledger"], "pointers" | "groups" | "batches"> };

/**
 * Says what the sender before this one left behind, when it stopped without giving its lease back: of each edition how
 * many deliveries no one knows of, and what becomes of them. Changes nothing, for watch resolves them; and never fails.
 * @param run this sender's, whose calls are its own
 */
export async function reportLeftCalls(
  ports: Ports,
  run: string,
  { settleSeconds }: Pick<DeliverySettings, "settleSeconds">,
): Promise<void> {
  try {
    for (const { newsletter, date } of await ports.ledger.pointers()) {
      const { calls, deliveries } = await leftBehindIn(ports, { newsletter, date }, run);
      if (calls === 0) continue;
      ports.log.warn("the sender before this one stopped before it recorded SES's answers", {
        edition: `${newsletter} ${date}`,
        calls,
        unknown: deliveries,
        next: nextOfUnknown({ newsletter, date }, settleSeconds),
      });
    }
  } catch (error) {
    ports.log.warn("what the sender before this one left behind could not be read", { error });
  }
}

async function leftBehindIn({ ledger }: Ports, key: EditionKey, run: string) {
  const open = (await ledger.groups(key)).filter(({ startedAt, closedAt }) => startedAt !== null && closedAt === null);
  const batches = await Promise.all(open.map(({ group, run: walker }) => ledger.batches(key, group, walker)));
  return leftBehind(batches.flat(), run);
}
