import { describeKeys, type KeyUse, keyUses, rotateKeys, type StoredKeys } from "#domain/audience/tokens/keys.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import type { AuditLog, NoteSecurity } from "../ports/services.ts";

export type KeyPorts = {
  now: () => Instant;
  /** The deployment's secret itself. */
  secretKeys: {
    read(): Promise<StoredKeys>;
    write(keys: StoredKeys): Promise<void>;
  };
  /** At least 32 random characters. */
  newSecret: () => string;
  audit: Pick<AuditLog, "append">;
  noteSecurity: NoteSecurity;
};

/** Lists what each key is used for, and since when; never a key itself. */
export async function listKeys({
  secretKeys,
  now,
}: KeyPorts): Promise<Outcome<{ keys: ReturnType<typeof describeKeys> }>> {
  return done({ keys: describeKeys(await secretKeys.read(), fromInstant(now())) });
}

/** Makes a new key for one use or for all. What was signed before stays valid. */
export async function rotate(
  { secretKeys, newSecret, audit, noteSecurity, now }: KeyPorts,
  { use, by }: { use: KeyUse | "all"; by: string },
): Promise<Outcome<{ keys: ReturnType<typeof describeKeys> }>> {
  const uses = use === "all" ? keyUses : [use];
  const at = now();
  const rotated = rotateKeys(await secretKeys.read(), uses, { newKey: newSecret, now: fromInstant(at) });
  // Logged before it happens: an unlogged rotation would be worse than an entry for one that failed.
  await audit.append({ at, by, did: "keys rotate", newsletter: null, subjects: [...uses], note: null });
  await secretKeys.write(rotated);
  noteSecurity({ kind: "new-key", about: { uses: uses.join(" "), by } });
  return done({ keys: describeKeys(rotated, fromInstant(at)) });
}
