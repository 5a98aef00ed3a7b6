import { createHash } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { defineConfig } from "#domain/config.ts";
import { readerSite } from "../../../testing/audience/reader-site.ts";

/** D3: a client that asks for many subscriptions. */
const config = defineConfig({
  newsletters: {
    daily: { title: "The Daily Test", from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" },
  },
});
const client = { address: "198.51.100.1" };
const url = "https://news.example.com/daily/subscribe";

let site: ReturnType<typeof readerSite>;
let asked: number;
beforeEach(() => {
  site = readerSite(config);
  asked = 0;
});

const form = async (address = client) => {
  const answer = await site.app.fetch(new Request(url), address);
  return { page: await answer.text(), policy: answer.headers.get("content-security-policy") ?? "" };
};
/** Sends the form as a person does, some seconds after it was made. @returns the delay of its mail in seconds */
const send = async (fields: Record<string, string> = {}) => {
  const made = /name="made" value="([^"]+)"/.exec((await form()).page)?.[1] ?? "";
  site.state.clock += 2_000;
  asked += 1;
  const body = new URLSearchParams({ email: `r${asked}@example.com`, made, ...fields });
  const answer = await site.app.fetch(new Request(url, { method: "POST", body }), client);
  expect(answer.status).toBe(303);
  return site.delays.at(-1);
};
const beyondTheLimit = async () => {
  for (let n = 0; n < 60; n += 1) {
    const body = new URLSearchParams({ email: `n${n}@example.com` });
    await site.app.fetch(new Request(url, { method: "POST", body }), client);
  }
};

const Work = z.object({
  ...{ algorithm: z.string(), challenge: z.string(), maxnumber: z.number() },
  ...{ salt: z.string(), signature: z.string() },
});
/** As the page's script does. */
const solve = (page: string) => {
  const work = Work.parse(
    JSON.parse((/data-work="([^"]+)"/.exec(page)?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&")),
  );
  for (let number = 0; number <= work.maxnumber; number += 1) {
    const hash = createHash("sha256").update(`${work.salt}${number}`).digest("hex");
    if (hash === work.challenge) return Buffer.from(JSON.stringify({ ...work, number })).toString("base64");
  }
  throw new Error("the challenge has no solution");
};

test("D3: no script is on the form until its client has asked many times, and then on that client's alone", async () => {
  const before = await form();
  expect(before.page).not.toContain("<script");
  expect(before.policy).not.toContain("script-src");
  await beyondTheLimit();
  const { page, policy } = await form();
  const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
  const hash = createHash("sha256").update(script).digest("base64");
  expect(policy).toContain(`script-src 'sha256-${hash}'`);
  expect(policy).toContain("default-src 'none'");
  expect(Buffer.byteLength(page)).toBeLessThan(30_000);
  expect((await form({ address: "198.51.100.2" })).page).not.toContain("<script");
});

test("D3: proof of work has the mail sent at once, for each solution once", async () => {
  await beyondTheLimit();
  const altcha = solve((await form()).page);
  expect(await send({ altcha })).toBe(0);
  expect(await send({ altcha })).toBe(600);
});

test("D3: without scripts, or with a false proof, the request is taken and its mail waits", async () => {
  await beyondTheLimit();
  for (const altcha of ["", "none", "e30="]) expect(await send({ altcha })).toBe(600);
});
