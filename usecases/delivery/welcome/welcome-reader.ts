import { isClosed } from "#domain/delivery/calls/attempt.ts";
import { chooseWelcome, welcomeBatch, welcomeKey } from "#domain/delivery/welcome.ts";
import type { Edition } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { idsOf, isIncluded } from "../reader-place.ts";

export type WelcomePorts = {
  editions: Pick<EditionStore, "list">;
  ledger: Pick<Ledger, "groups" | "batchAround" | "batch" | "writeBatches" | "pointWelcome">;
  subscribers: Pick<SubscriberStore, "get">;
  /** Wakes the sender. */
  kick: () => Promise<void>;
  now: () => Instant;
};

/** So many of the newest editions are looked at, drafts of later dates among them. */
export const LOOKED_AT = 30;

/**
 * Welcomes a reader who has just confirmed with the newest finished edition, if they got neither that one nor one
 * since. Asked twice, or taken up again after a crash, it is one welcome.
 * @returns later: an edition is being frozen; ask again
 */
export async function welcomeReader(
  ports: WelcomePorts,
  { newsletter, id }: { newsletter: string; id: string },
): Promise<"welcomed" | "none" | "later"> {
  const reader = await ports.subscribers.get(newsletter, id);
  if (reader?.status !== "active") return "none";
  const now = ports.now();
  const choice = chooseWelcome(await ports.editions.list(newsletter, LOOKED_AT), now);
  if (choice.is !== "edition") return choice.is === "wait" ? "later" : "none";
  const ids = await idsOf(ports.subscribers, reader);
  if (await isInAny(ports, [choice.edition, ...choice.newer], ids)) return "none";
  const { date, frozenAt } = choice.edition;
  const pointer = { newsletter, date, due: frozenAt ?? now, root: ids.at(-1) ?? id, askedAt: now };
  await ports.ledger.writeBatches([welcomeBatch(pointer, id)]);
  const stored = await ports.ledger.batch(welcomeKey(pointer));
  if (!stored || isClosed(stored)) return "none";
  await ports.ledger.pointWelcome(pointer);
  await ports.kick();
  return "welcomed";
}

/** Whether a reader is in the audience of one of these editions. */
export async function isInAny(
  { ledger }: { ledger: Pick<Ledger, "groups" | "batchAround"> },
  editions: readonly Edition[],
  ids: readonly string[],
): Promise<boolean> {
  for (const edition of editions) {
    if (await isIncluded(ledger, edition, ids)) return true;
  }
  return false;
}
