import { describe, expect, test } from "vitest";
import { describeKeys, keysAt, keyUses, rotateKeys, type StoredKeys } from "#domain/audience/tokens/keys.ts";
import { subscriberId, unsubscribeToken, verifyToken } from "#domain/audience/tokens/token.ts";
import { isKey, storedKey } from "#domain/source/push-key.ts";
import { cookieKey, marked, seal, unmarked, unseal } from "#functions/desk/access/seal.ts";

const first: StoredKeys = { id: "k1", key: "a secret of at least thirty-two letters" };
const start = Date.parse("2026-11-30T07:00:00Z");
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Made by a deployment with one key, before keys could be rotated. */
const issued = {
  id: "22faeaa2b880a9a857c68018",
  link: "k1.daily.22faeaa2b880a9a857c68018.70b42e408c090f4d5ff67e7ee9348ae2",
  pushHash: "c9bb1fa8ee2d8c805562090d64babf9e43a1d216e985f3f8112851908378bbd7",
  cookie: "abc.Y_Q6I0gCMIIMF78Tv8z2Oc",
};
const claim = { newsletter: "daily", id: issued.id };
const pushText = `bsk_desk_${"0".repeat(48)}`;

let made = 0;
const newKey = () => {
  made += 1;
  return `new key ${made} of at least thirty-two letters`;
};
const rotated = (stored: StoredKeys, now: number, uses: readonly (typeof keyUses)[number][] = keyUses) =>
  rotateKeys(stored, uses, { newKey, now });

/** Rotated every month for a year. */
const afterAYear = Array.from({ length: 12 }).reduce<StoredKeys>(
  (stored, _, month) => rotated(stored, start + month * 30 * day),
  first,
);
const aYearLater = start + 365 * day;

describe.each([
  ["before any rotation", first, start],
  ["just after one, when no new key signs yet", rotated(first, start), start],
  ["an hour after one", rotated(first, start), start + hour],
  ["after a year of them", afterAYear, aYearLater],
])("%s", (_, stored, now) => {
  const keys = keysAt(stored, now);

  test("subscribers' ids are the same as on the first day", () => {
    expect(subscriberId(keys, "daily", "ann@example.com")).toBe(issued.id);
  });

  test("links in the first day's mails work, and so do push keys", () => {
    expect(verifyToken(keys, "unsubscribe", issued.link)).toEqual(claim);
    const kept = { sourceId: "desk", hash: issued.pushHash, signedBy: "k1", madeAt: "2026-01-01T00:00:00Z" };
    expect(isKey(keys, pushText, kept)).toBe(true);
  });

  test("new tokens are valid", () => {
    expect(verifyToken(keys, "unsubscribe", unsubscribeToken(keys, claim))).toEqual(claim);
    expect(isKey(keys, pushText, storedKey(keys, pushText, "desk", "2026-11-30T07:00:00Z"))).toBe(true);
    expect(unmarked(keys, "session", marked(cookieKey(keys), "session", "abc"))?.text).toBe("abc");
    expect(unseal(keys, seal(keys, "refresh token"))).toBe("refresh token");
  });
});

describe("a new key", () => {
  const stored = rotated(first, start, ["link"]);

  test("signs after a quarter of an hour, when every function has read it", () => {
    expect(unsubscribeToken(keysAt(stored, start + 14 * minute), claim)).toMatch(/^k1\./);
    const token = unsubscribeToken(keysAt(stored, start + 15 * minute), claim);
    expect(token).toMatch(/^k2\./);
    // A function that read the secret just before the key became active accepts its links already.
    expect(verifyToken(keysAt(stored, start), "unsubscribe", token)).toEqual(claim);
  });

  test("is for one use: the others don't change", () => {
    const keys = keysAt(stored, start + hour);
    expect(marked(cookieKey(keys), "session", "abc")).toBe(issued.cookie);
    expect(storedKey(keys, pushText, "desk", "2026-01-01T00:00:00Z").hash).toBe(issued.pushHash);
  });

  test("has an id that no key ever had", () => {
    const ids = Object.values(rotated(afterAYear, aYearLater).rings ?? {}).flatMap((ring) => ring.map(({ id }) => id));
    expect(new Set([...ids, "k1"]).size).toBe(ids.length + 1);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]{1,8}$/);
  });

  test("of another deployment isn't valid here", () => {
    const other = keysAt(rotated({ id: "k1", key: "another secret of thirty-two letters!" }, start), start + hour);
    const ours = keysAt(stored, start + hour);
    expect(verifyToken(ours, "unsubscribe", unsubscribeToken(other, claim))).toBeUndefined();
  });
});

describe("an old key", () => {
  const stored = rotated(first, start);
  const cookie = marked(cookieKey(keysAt(first, start)), "session", "abc");
  const sealed = seal(keysAt(first, start), "refresh token");

  test("verifies a session and opens what it sealed as long as a session lasts, and no longer", () => {
    for (const [now, valid] of [
      [start + hour, true],
      [start + day, true],
      [start + 26 * hour, false],
    ] as const) {
      const keys = keysAt(stored, now);
      expect(unmarked(keys, "session", cookie)?.text).toBe(valid ? "abc" : undefined);
      expect(unseal(keys, sealed)).toBe(valid ? "refresh token" : undefined);
    }
  });

  test("of twelve rotations signs nothing, and one session key is left", () => {
    const keys = keysAt(afterAYear, aYearLater);
    expect(keys.rings?.session).toHaveLength(1);
    expect(keys.rings?.link).toHaveLength(13);
  });
});

test("a description contains no key", () => {
  const text = JSON.stringify(describeKeys(afterAYear, aYearLater));
  expect(text).not.toContain("letters");
  expect(describeKeys(first, start)[0]).toEqual({
    use: "link",
    id: "k1",
    since: null,
    next: null,
    keys: 1,
    isOwn: false,
  });
  expect(describeKeys(rotated(first, start), start)[0]).toMatchObject({ id: "k1", next: "2026-11-30T07:15:00.000Z" });
});
