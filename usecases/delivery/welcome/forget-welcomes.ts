import type { Ledger } from "../../ports/ledger.ts";
import type { Log } from "../../ports/services.ts";

/** A restored table doesn't know which welcomes were sent since, so none is sent. */
export async function forgetWelcomes({
  ledger,
  log,
}: {
  ledger: Pick<Ledger, "welcomes" | "unpointWelcome">;
  log: Pick<Log, "warn">;
}): Promise<void> {
  const pointers = await ledger.welcomes();
  for (const pointer of pointers) await ledger.unpointWelcome(pointer);
  if (pointers.length > 0) log.warn("welcomes of a restored table are not sent", { welcomes: pointers.length });
}
