import { isClaimable } from "#domain/delivery/calls/attempt.ts";
import { isWelcomeDone, isWelcomeOver, type WelcomePointer, welcomeKey, withdrawn } from "#domain/delivery/welcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { Log } from "../../ports/services.ts";
import { asRead } from "../as-read.ts";
import { createResolver, type ResolveUnknownPorts } from "./resolve-unknown.ts";

export type WelcomeCarePorts = ResolveUnknownPorts & {
  editions: Pick<EditionStore, "get">;
  ledger: Pick<Ledger, "welcomes" | "unpointWelcome" | "batch">;
  now: () => Instant;
};

/**
 * Resolves unanswered welcomes, withdraws those that are a day old, and deletes the pointers of finished ones. A
 * welcome whose outcome stays unknown raises no alarm: it is never resent, and the reader's history shows it.
 * @returns whether one can be claimed now
 */
export async function careForWelcomes(ports: WelcomeCarePorts): Promise<boolean> {
  let ready = false;
  for (const pointer of await ports.ledger.welcomes()) {
    try {
      ready = (await careFor({ ...ports, log: withoutAlarm(ports.log) }, pointer)) || ready;
    } catch (error) {
      ports.log.warn("watch could not look after a welcome", { newsletter: pointer.newsletter, error });
    }
  }
  return ready;
}

const withoutAlarm = (log: Log): Log => ({
  info: (message, fields) => log.info(message, fields),
  warn: (message, fields) => log.warn(message, fields),
  error: (message, fields) => log.warn(message, fields),
});

async function careFor(ports: WelcomeCarePorts, pointer: WelcomePointer): Promise<boolean> {
  const now = ports.now();
  const found = await ports.ledger.batch(welcomeKey(pointer));
  const key = { newsletter: pointer.newsletter, date: pointer.date };
  const resolve = createResolver(ports, key, [], await ports.editions.get(key));
  const batch = found && (await resolve(found, now));
  if (batch?.state === "ready" && isWelcomeOver(pointer, now)) {
    const after = withdrawn(batch, "it is a day old", now);
    if (await ports.ledger.saveBatch(after, asRead(batch))) await ports.ledger.unpointWelcome(pointer);
    return false;
  }
  if (isWelcomeDone(batch, pointer, now)) await ports.ledger.unpointWelcome(pointer);
  return batch !== undefined && isClaimable(batch, now);
}
