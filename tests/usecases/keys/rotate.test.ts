import { expect, test } from "vitest";
import { memoryAudit } from "#adapters/memory/desk/audit.ts";
import type { StoredKeys } from "#domain/audience/tokens/keys.ts";
import { listKeys, rotate } from "#usecases/keys/rotate.ts";
import type { SecurityEvent } from "#usecases/ports/services.ts";

function setting() {
  const secret: { value: StoredKeys } = { value: { id: "k1", key: "a secret of at least thirty-two letters" } };
  const audit = memoryAudit();
  let made = 0;
  const events: SecurityEvent[] = [];
  const ports = {
    noteSecurity: (event: SecurityEvent) => void events.push(event),
    now: () => "2026-11-30T07:00:00.000Z",
    audit,
    newSecret: () => {
      made += 1;
      return `${made}`.padStart(48, "0");
    },
    secretKeys: {
      read: async () => secret.value,
      write: async (keys: StoredKeys) => {
        secret.value = keys;
      },
    },
  };
  return { ports, secret, audit, events };
}

test("rotating one use adds its key, keeps the first, and is in the log without a key", async () => {
  const { ports, secret, audit, events } = setting();
  expect(await rotate(ports, { use: "session", by: "olga" })).toMatchObject({ ok: true });
  expect(secret.value.key).toBe("a secret of at least thirty-two letters");
  expect(Object.keys(secret.value.rings ?? {})).toEqual(["session"]);
  const [entry] = await audit.day("2026-11-30");
  expect(entry).toMatchObject({ by: "olga", did: "keys rotate", subjects: ["session"] });
  expect(JSON.stringify([entry, events])).not.toContain("0".repeat(20));
  expect(events).toEqual([{ kind: "new-key", about: { uses: "session", by: "olga" } }]);
});

test("rotating all gives each use a key of its own", async () => {
  const { ports, secret } = setting();
  await rotate(ports, { use: "all", by: "olga" });
  const keys = Object.values(secret.value.rings ?? {}).flatMap((ring) => ring.map(({ key }) => key));
  expect(new Set(keys).size).toBe(4);
  const listed = await listKeys(ports);
  expect(listed).toMatchObject({
    ok: true,
    value: { keys: [{ use: "link", next: "2026-11-30T07:15:00.000Z" }, {}, {}, {}] },
  });
});

test("a rotation that can't be noted isn't made", async () => {
  const { ports, secret } = setting();
  const before = secret.value;
  const audit = { append: async () => Promise.reject(new Error("the table did not answer")) };
  await expect(rotate({ ...ports, audit }, { use: "all", by: "olga" })).rejects.toThrow("did not answer");
  expect(secret.value).toBe(before);
});
