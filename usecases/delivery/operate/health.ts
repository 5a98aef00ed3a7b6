import { isSameTable } from "#domain/delivery/table-identity.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import { isUnreadableItem } from "#domain/unreadable-item.ts";
import type { Ledger } from "../../ports/ledger.ts";

export type HealthPorts = {
  ledger: Pick<Ledger, "sender" | "tableNow" | "tableKnown" | "pointers" | "welcomes" | "resendAllowed">;
};

type Health = { unreadable: string[]; restored: boolean; leaseUntil: Instant | null; quota: number | null };

/** The items that every edition needs, each read as the sender reads it. */
export async function readHealth({ ledger }: HealthPorts): Promise<Outcome<Health>> {
  const unreadable: string[] = [];
  const read = async <T>(reading: Promise<T>): Promise<T | undefined> => {
    try {
      return await reading;
    } catch (error) {
      if (!isUnreadableItem(error)) throw error;
      unreadable.push(error.message);
      return undefined;
    }
  };
  const [sender, now, known] = await Promise.all([
    read(ledger.sender()),
    read(ledger.tableNow()),
    read(ledger.tableKnown()),
    read(ledger.pointers()),
    read(ledger.welcomes()),
    read(ledger.resendAllowed()),
  ]);
  return done({
    unreadable,
    restored: now !== undefined && known !== undefined && !isSameTable(known, now),
    leaseUntil: sender?.until ?? null,
    quota: sender?.quota ?? null,
  });
}
