import { isClosed } from "#domain/delivery/calls/attempt.ts";
import {
  chooseWelcome,
  editionsToJoin,
  type WelcomePointer,
  welcomeBatch,
  welcomeKey,
} from "#domain/delivery/welcome.ts";
import type { Edition } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import { newestEditions } from "../../editions/newest-editions.ts";
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

/** Number of newest editions that are read. */
export const LOOKED_AT = 30;

/**
 * Sends the newest finished edition to a reader who has just confirmed, if they got neither that one nor a later one,
 * and adds them to editions in local time that are still due in their zone. Called twice or repeated after a crash, it
 * is one welcome, and one mail of each edition.
 * @returns later: an edition is being frozen; ask again
 */
export async function welcomeReader(
  ports: WelcomePorts,
  { newsletter, id }: { newsletter: string; id: string },
): Promise<"welcomed" | "none" | "later"> {
  const reader = await ports.subscribers.get(newsletter, id);
  if (reader?.status !== "active") return "none";
  const now = ports.now();
  const editions = await newestEditions(ports.editions, newsletter, LOOKED_AT, now);
  const choice = chooseWelcome(editions, now, reader.zone);
  if (choice.is === "wait") return "later";
  const ids = await idsOf(ports.subscribers, reader);
  const about = { newsletter, root: ids.at(-1) ?? id, askedAt: now };
  for (const { edition, ownTime } of editionsToJoin(editions, reader.zone, now)) {
    if (await isInAny(ports, [edition], ids)) continue;
    await write(ports, { ...about, date: edition.date, due: edition.frozenAt ?? now, ownTime }, id);
  }
  if (choice.is === "none" || (await isInAny(ports, [choice.edition, ...choice.newer], ids))) return "none";
  const { date, frozenAt } = choice.edition;
  if (!(await write(ports, { ...about, date, due: frozenAt ?? now }, id))) return "none";
  await ports.kick();
  return "welcomed";
}

/** False: it has ended already. */
async function write(ports: WelcomePorts, pointer: WelcomePointer, id: string): Promise<boolean> {
  await ports.ledger.writeBatches([welcomeBatch(pointer, id)]);
  const stored = await ports.ledger.batch(welcomeKey(pointer));
  if (!stored || isClosed(stored)) return false;
  await ports.ledger.pointWelcome(pointer);
  return true;
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
