import { describeKeys, type KeyUse, keyUses, rotateKeys, type StoredKeys } from "#domain/audience/keys.ts";
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

/** Lists what each key is for, and since when: never a key. */
export async function listKeys({
  secretKeys,
  now,
}: KeyPorts): Promise<Outcome<{ keys: ReturnType<typeof describeKeys> }>> {
  return done({ keys: describeKeys(await secretKeys.read(), fromInstant(now())) });
}

/** Gives a use, or all of them, a new key. What was signed before stays valid. */
export async function rotate(
  { secretKeys, newSecret, audit, noteSecurity, now }: KeyPorts,
  { use, by }: { use: KeyUse | "all"; by: string },
): Promise<Outcome<{ keys: ReturnType<typeof describeKeys> }>> {
  const uses = use === "all" ? keyUses : [use];
  const at = now();
  const rotated = rotateKeys(await secretKeys.read(), uses, { newKey: newSecret, now: fromInstant(at) });
  // Noted first: a rotation that no one can find in the log is worse than a note of one that failed.
  await audit.append({ at, by, did: "keys rotate", newsletter: null, subjects: [...uses], note: null });
  await secretKeys.write(rotated);
  noteSecurity({ kind: "new-key", about: { uses: uses.join(" "), by } });
  return done({ keys: describeKeys(rotated, fromInstant(at)) });
}
