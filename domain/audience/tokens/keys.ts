import { createHmac } from "node:crypto";
import * as z from "zod";
import { HOUR } from "../../time/durations.ts";
import { fromInstant, Instant, toInstant } from "../../time/instant.ts";

const Key = z.object({ id: z.string().regex(/^[a-z0-9]{1,8}$/), key: z.string().min(32) });
type Key = z.infer<typeof Key>;

/** Uses of keys, besides subscribers' ids and erasure hashes, whose key is never replaced. */
export const keyUses = ["link", "session", "seal", "push-key"] as const;
export type KeyUse = (typeof keyUses)[number];

/** Functions read the secret again after five minutes, so all of them know a new key before it signs anything. */
const ACTIVE_AFTER_MS = HOUR / 4;
/** Nothing signed with such a key is valid for longer than a session, a day. */
const SHORT_LIVED: readonly KeyUse[] = ["session", "seal"];
const SHORT_LIFE_MS = 25 * HOUR;

/** A key that replaced others. It signs from `from` on. */
const RingKey = Key.extend({ from: Instant });
type RingKey = z.infer<typeof RingKey>;

/**
 * The deployment's secret as it is stored. `key` is the first one: it always makes subscribers' ids and erasure hashes,
 * and is used for other uses until they have a ring. `rings` hold the keys that replaced it, newest first. `older` is
 * from secrets that were edited by hand; the oldest of them then makes the ids.
 */
export const StoredKeys = Key.extend({
  older: z.array(Key).optional(),
  rings: z.partialRecord(z.enum(keyUses), z.array(RingKey)).optional(),
});
export type StoredKeys = z.infer<typeof StoredKeys>;

/** The valid keys at one moment, for each use; the one that signs comes first. */
export type SigningKeys = Key & {
  readonly older?: readonly Key[] | undefined;
  readonly rings?: Readonly<Partial<Record<KeyUse, readonly Key[]>>> | undefined;
};

/** @param now epoch milliseconds */
export function keysAt(stored: StoredKeys, now: number): SigningKeys {
  const { rings = {}, ...first } = stored;
  const valid = keyUses.flatMap((use) => {
    const ring = rings[use];
    return ring === undefined ? [] : [[use, validAt(use, ring, firstKeys(first), now)] as const];
  });
  return { ...first, rings: Object.fromEntries(valid) };
}

const firstKeys = ({ id, key, older = [] }: SigningKeys): Key[] => [{ id, key }, ...older];

function validAt(use: KeyUse, ring: readonly RingKey[], first: readonly Key[], now: number): Key[] {
  const isActive = ({ from }: RingKey) => fromInstant(from) <= now;
  const active = ring.filter(isActive);
  // A key is replaced when the next newer one becomes active; the first one, by the oldest in the ring.
  const isOver = (replacedBy: RingKey | undefined) =>
    SHORT_LIVED.includes(use) && replacedBy !== undefined && fromInstant(replacedBy.from) + SHORT_LIFE_MS <= now;
  const kept = active.filter((_, index) => !isOver(active[index - 1]));
  return [...kept, ...(isOver(active.at(-1)) ? [] : first), ...ring.filter((key) => !isActive(key))];
}

/** The keys of a use: the first signs, all verify. */
export const keysFor = (keys: SigningKeys, use: KeyUse): readonly [Key, ...Key[]] => {
  const [signing = { id: keys.id, key: keys.key }, ...others] = keys.rings?.[use] ?? firstKeys(keys);
  return [signing, ...others];
};

/** The key for subscribers' ids: the first one of all. */
export const idKey = (keys: SigningKeys): Key => keys.older?.at(-1) ?? keys;

/**
 * Adds a new key for each given use. Everything signed before stays valid: links in emails and push keys forever,
 * sessions for their day.
 * @param newKey at least 32 random characters, another at each call
 * @param now epoch milliseconds
 */
export function rotateKeys(
  stored: StoredKeys,
  uses: readonly KeyUse[],
  { newKey, now }: { newKey: () => string; now: number },
): StoredKeys {
  let number = highestNumber(stored);
  const rotated = uses.map((use) => {
    number += 1;
    const added = { id: `k${number}`, key: newKey(), from: toInstant(now + ACTIVE_AFTER_MS) };
    return [use, [added, ...(stored.rings?.[use] ?? [])]] as const;
  });
  return { ...stored, rings: { ...stored.rings, ...Object.fromEntries(rotated) } };
}

/** Ids are never reused. */
function highestNumber({ id, older = [], rings = {} }: StoredKeys): number {
  const all = [id, ...older.map((key) => key.id), ...Object.values(rings).flatMap((ring) => ring.map((key) => key.id))];
  return Math.max(1, ...all.map((one) => Number(/^k(\d+)$/.exec(one)?.[1] ?? 0)));
}

/** Public facts about the keys: how many there are, which one signs, and since when; never a key itself. */
export const describeKeys = (stored: StoredKeys, now: number) =>
  keyUses.map((use) => {
    const ring = stored.rings?.[use] ?? [];
    const [signing] = keysFor(keysAt(stored, now), use);
    const since = ring.find(({ id }) => id === signing.id)?.from ?? null;
    const next = ring.find(({ from }) => fromInstant(from) > now)?.from ?? null;
    return { use, id: signing.id, since, next, keys: ring.length + 1, isOwn: since !== null };
  });

export const hmac = (key: string, text: string) => createHmac("sha256", key).update(text, "utf8").digest("hex");

/** A use's own key, in hex, so a signature for one use isn't valid for another. */
export const purposeKey = (key: string, purpose: string) => hmac(key, purpose);
