import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, test, vi } from "vitest";
import { loadKeys, readKeys } from "#adapters/keys/secrets-manager.ts";

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

test("the keys of a secret, read once a process", async () => {
  const { client, send } = holding(good);
  const [first, second] = await Promise.all([loadKeys("once", client), loadKeys("once", client)]);
  expect(first).toEqual(JSON.parse(good));
  expect(second).toBe(first);
  expect(await loadKeys("once", client)).toBe(first);
  expect(send).toHaveBeenCalledTimes(1);
});

test("a read that failed is tried again at the next call", async () => {
  const { client } = holding(new Error("throttled"), good);
  await expect(loadKeys("again", client)).rejects.toThrow("throttled");
  expect(await loadKeys("again", client)).toEqual(JSON.parse(good));
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
