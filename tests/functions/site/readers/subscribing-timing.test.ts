import { expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import { readerSite } from "../../../testing/audience/reader-site.ts";

/**
 * Whether a stranger can tell from an answer or its time what is known of an address: 1,000 requests for each kind, in an
 * order that mixes them, compared two by two by rank (Mann and Whitney). A difference of three tenths of the times'
 * spread would be found with a probability above 0.99: z is then about 0.3 × √(1000 / 2) × √(3 / π) = 6.5, and 4 counts
 * as found. Of ten pairs without a difference one passes 4 by chance in fewer than one run of a thousand.
 */
const TRIES = 1_000;
const FOUND = 4;
const kinds = ["unknown", "active", "left", "bounced", "complained"] as const;

const config = defineConfig({
  newsletters: {
    daily: { title: "The Daily Test", from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" },
  },
});

/** How far the sum of the ranks of `a` is from what chance gives, in standard deviations; ties share their rank. */
function zOfRanks(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, own: true })), ...b.map((value) => ({ value, own: false }))];
  all.sort((one, other) => one.value - other.value);
  let sum = 0;
  for (let at = 0; at < all.length; ) {
    let end = at;
    while (end < all.length && all[end]?.value === all[at]?.value) end += 1;
    for (let i = at; i < end; i += 1) if (all[i]?.own) sum += (at + end + 1) / 2;
    at = end;
  }
  const [n, m] = [a.length, b.length];
  const u = sum - (n * (n + 1)) / 2;
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

test("D2: 1,000 answers for each kind of address have one form, and times that no test tells apart", {
  timeout: 120_000,
}, async () => {
  const site = readerSite(config);
  const times = new Map<string, number[]>(kinds.map((kind) => [kind, []]));
  const forms = new Set<string>();
  // All of one length: only what is known of them differs.
  const addressOf = (kind: string, n: number) => `${kind.slice(0, 1)}${String(n).padStart(4, "0")}@example.com`;
  for (const kind of kinds) {
    if (kind === "unknown") continue;
    for (let n = 0; n < TRIES; n += 1) await site.put(addressOf(kind, n), { status: kind });
  }
  const ask = async (kind: string, n: number, client: number) => {
    const request = new Request("https://news.example.com/api/daily/subscribers", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: addressOf(kind, n) }),
    });
    const began = performance.now();
    const answer = await site.app.fetch(request, { address: `198.51.${client >> 8}.${client & 255}` });
    const took = performance.now() - began;
    forms.add(`${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`);
    return took;
  };
  for (let n = 0; n < 200; n += 1) for (const kind of kinds) await ask(kind, n, n % 4096);
  for (let n = 0; n < TRIES; n += 1) {
    // Each kind is first, second … as often as any other.
    for (let step = 0; step < kinds.length; step += 1) {
      const kind = kinds[(n + step) % kinds.length] ?? "unknown";
      times.get(kind)?.push(await ask(kind, n, (n * 5 + step) % 65_536));
    }
  }
  expect(forms.size).toBe(1);
  const found = kinds.flatMap((a, i) =>
    kinds.slice(i + 1).map((b) => ({ a, b, z: Math.abs(zOfRanks(times.get(a) ?? [], times.get(b) ?? [])) })),
  );
  for (const { a, b, z } of found) expect(z, `${a} and ${b}`).toBeLessThan(FOUND);
});

test("the ranks would tell a difference of three tenths of the spread, and find none where there is none", () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const sample = (shift: number) => Array.from({ length: TRIES }, () => normal() + shift);
  const found = Array.from({ length: 100 }, () => Math.abs(zOfRanks(sample(0), sample(0.3))) > FOUND).filter(Boolean);
  expect(found.length).toBeGreaterThan(95);
  const none = Array.from({ length: 100 }, () => Math.abs(zOfRanks(sample(0), sample(0))) > FOUND).filter(Boolean);
  expect(none).toEqual([]);
});
