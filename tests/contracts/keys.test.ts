import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, test, vi } from "vitest";
import { loadKeys, readKeys, secretKeys } from "#adapters/keys/secrets-manager.ts";

const good = JSON.stringify({ id: "k1", key: "a secret of at least thirty-two letters" });

/** A Secrets Manager that holds one text; `send` counts how often it was asked. */
function holding(...texts: (string | Error)[]) {
  const client = new SecretsManagerClient({ region: "us-east-1" });
  const send = vi.spyOn(client, "send").mockImplementation(async () => {
    const text = texts.length > 1 ? texts.shift() : texts[0];
    if (text instanceof Error) throw text;
    return { SecretString: text };
  });
  return { client, send };
}

test("the keys of a secret are read every five minutes at most, so a new key is known before it signs", async () => {
  const { client, send } = holding(good);
  let now = 0;
  const load = () => loadKeys("once", client, () => now);
  const [first] = await Promise.all([load(), load()]);
  expect(first).toMatchObject(JSON.parse(good));
  now += 299_999;
  expect(await load()).toEqual(first);
  expect(send).toHaveBeenCalledTimes(1);
  now += 1;
  expect(await load()).toEqual(first);
  expect(send).toHaveBeenCalledTimes(2);
});

test("while the secret can't be read again, the keys of before go on", async () => {
  const { client } = holding(good, new Error("throttled"));
  let now = 0;
  const load = () => loadKeys("kept", client, () => now);
  const first = await load();
  now += 300_000;
  expect(await load()).toEqual(first);
});

test("a rotated secret replaces the one before, whole", async () => {
  const { client, send } = holding(good);
  await secretKeys("mine", client).write({ id: "k1", key: "a secret of at least thirty-two letters", rings: {} });
  expect(send.mock.calls[0]?.[0].input).toEqual({
    SecretId: "mine",
    SecretString: JSON.stringify({ id: "k1", key: "a secret of at least thirty-two letters", rings: {} }),
  });
});

test("a read that failed is tried again at the next call", async () => {
  const { client } = holding(new Error("throttled"), good);
  await expect(loadKeys("again", client)).rejects.toThrow("throttled");
  expect(await loadKeys("again", client)).toMatchObject(JSON.parse(good));
});

test.each(["not JSON", "{}", JSON.stringify({ id: "k1", key: "too short" })])(
  "a secret that holds %j is refused by name, without a word of what is in it",
  async (text) => {
    const failure = await readKeys("my-secret", holding(text).client).catch((error: unknown) => String(error));
    expect(failure).toContain("my-secret");
    expect(failure).not.toContain(text === "{}" ? "undefined" : "too short");
    expect(failure).not.toContain("not JSON");
  },
);
