import fc from "fast-check";
import { expect, test } from "vitest";
import { StoredKeys } from "#domain/audience/tokens/keys.ts";
import { subscriberId, unsubscribeToken, verifyToken } from "#domain/audience/tokens/token.ts";

const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
const claim = { newsletter: "daily", id: "0123456789abcdef01234567" };

test("a token gives back its claim, even if a mail client changed its case", () => {
  const token = unsubscribeToken(keys, claim);
  expect(verifyToken(keys, "unsubscribe", token)).toEqual(claim);
  expect(verifyToken(keys, "unsubscribe", token.toUpperCase())).toEqual(claim);
});

test("every link that was ever mailed keeps working", () => {
  // As first mailed; a change of the token format would break it.
  const mailed = "k1.daily.0123456789abcdef01234567.317fde9bf222daad3a22456f97c27518";
  expect(verifyToken(keys, "unsubscribe", mailed)).toEqual(claim);
});

test("D11: a token fits a path as it is, holds no address and is the same each time", () => {
  const token = unsubscribeToken(keys, claim);
  expect(token).toMatch(/^[a-z0-9.-]+$/);
  expect(token.length).toBeLessThanOrEqual(120);
  expect(unsubscribeToken(keys, claim)).toBe(token);
});

test("D11: a token with a changed or missing character isn't valid", () => {
  const token = unsubscribeToken(keys, claim);
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.stringMatching(/^[a-z0-9.-]$/), (at, letter) => {
      if (token[at] === letter) return;
      expect(verifyToken(keys, "unsubscribe", token.slice(0, at) + letter + token.slice(at + 1))).toBeUndefined();
      expect(verifyToken(keys, "unsubscribe", token.slice(0, at))).toBeUndefined();
    }),
  );
});

test.each(["", ".", "k1.daily", "k1.daily.x.y", "__proto__", "k1.daily.0123456789abcdef01234567."])(
  "%j isn't a token",
  (token) => {
    expect(verifyToken(keys, "unsubscribe", token)).toBeUndefined();
  },
);

test("another deployment's token isn't valid here", () => {
  const other = { id: "k1", key: "another secret of thirty-two letters!" };
  expect(verifyToken(keys, "unsubscribe", unsubscribeToken(other, claim))).toBeUndefined();
});

test("changing the key keeps old links alive and every subscriber's id", () => {
  const changed = { id: "k2", key: "the newer secret, also 32 letters long", older: [keys] };
  expect(verifyToken(changed, "unsubscribe", unsubscribeToken(keys, claim))).toEqual(claim);
  expect(unsubscribeToken(changed, claim)).toMatch(/^k2\./);
  expect(verifyToken(keys, "unsubscribe", unsubscribeToken(changed, claim))).toBeUndefined();
  expect(subscriberId(changed, "daily", "ann@example.com")).toBe(subscriberId(keys, "daily", "ann@example.com"));
});

test("an id is 24 hex digits, of the newsletter and the address in any case", () => {
  const id = subscriberId(keys, "daily", "Ann@example.com");
  expect(id).toMatch(/^[0-9a-f]{24}$/);
  expect(subscriberId(keys, "daily", "ann@example.com")).toBe(id);
  expect(subscriberId(keys, "weekly", "ann@example.com")).not.toBe(id);
  expect(subscriberId({ ...keys, key: `${keys.key}!` }, "daily", "ann@example.com")).not.toBe(id);
});

test("ids spread over the shards", () => {
  const shards = new Set(
    Array.from({ length: 2000 }, (_, n) => subscriberId(keys, "d", `r${n}@x.example`).slice(0, 2)),
  );
  expect(shards.size).toBeGreaterThan(250);
});

test("a short key or an id that does not fit a token is refused", () => {
  expect(StoredKeys.safeParse({ id: "k1", key: "short" }).success).toBe(false);
  expect(StoredKeys.safeParse({ id: "k.1", key: keys.key }).success).toBe(false);
  expect(StoredKeys.safeParse(keys).success).toBe(true);
});
