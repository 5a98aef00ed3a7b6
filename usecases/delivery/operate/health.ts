import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import type { Config } from "#domain/config.ts";
import { isSameTable } from "#domain/delivery/table-identity.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import { isUnreadableItem } from "#domain/unreadable-item.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { Ledger } from "../../ports/ledger.ts";

export type HealthPorts = {
  config: Pick<Config, "newsletters">;
  keys: () => Promise<SigningKeys>;
  ledger: Pick<Ledger, "sender" | "tableNow" | "tableKnown" | "pointers" | "welcomes" | "resendAllowed">;
  subscribers: Pick<SubscriberStore, "page">;
};

type Health = {
  unreadable: string[];
  restored: boolean;
  leaseUntil: Instant | null;
  quota: number | null;
  /** Newsletters whose subscribers have ids that these keys don't make. */
  otherKeys: string[];
};

/** The items that every edition needs, each read as the sender reads it. */
export async function readHealth(ports: HealthPorts): Promise<Outcome<Health>> {
  const { ledger } = ports;
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
  const otherKeys = (await read(filledWithOtherKeys(ports))) ?? [];
  return done({
    unreadable,
    restored: now !== undefined && known !== undefined && !isSameTable(known, now),
    leaseUntil: sender?.until ?? null,
    quota: sender?.quota ?? null,
    otherKeys,
  });
}

/** One subscriber of each newsletter is enough: the key that makes ids is never rotated. */
async function filledWithOtherKeys({ config, keys, subscribers }: HealthPorts): Promise<string[]> {
  const known = await keys().catch(() => undefined);
  // `keys list` says that they can't be read.
  if (known === undefined) return [];
  const others: string[] = [];
  for (const newsletter of Object.keys(config.newsletters)) {
    const [reader] = (await subscribers.page(newsletter, undefined, 1)).subscribers;
    if (reader && reader.id !== subscriberId(known, newsletter, reader.address)) others.push(newsletter);
  }
  return others;
}
