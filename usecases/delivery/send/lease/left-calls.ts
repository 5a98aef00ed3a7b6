import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { leftBehind, nextOfUnknown } from "#domain/delivery/calls/left-behind.ts";
import { openBatches } from "../../open-batches.ts";
import type { SendPorts } from "../ports.ts";
import type { Lease } from "./lease.ts";

type Ports = Pick<SendPorts, "log"> & { ledger: Pick<SendPorts["ledger"], "pointers" | "groups" | "batches"> };

/**
 * Logs what the last sender left unknown if it stopped without releasing its lease: for each edition, the number of
 * unknown deliveries and what happens to them. It never fails, and changes nothing, since watch resolves them.
 * @param lease this sender's; its calls, and those of other senders at work, are their own
 */
export async function reportLeftCalls(
  ports: Ports,
  { run, others }: Pick<Lease, "run" | "others">,
  { settleSeconds }: Pick<DeliverySettings, "settleSeconds">,
): Promise<void> {
  try {
    const runs = [run, ...others().map(({ holder }) => holder)];
    for (const { newsletter, date } of await ports.ledger.pointers()) {
      const { calls, deliveries } = leftBehind(await openBatches(ports.ledger, { newsletter, date }), runs);
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
