import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { tryLinks } from "#usecases/editions/check/try-links.ts";

const urls = Array.from({ length: 30 }, (_, i) => `https://news.example/${i}`);

test("all links are tried, a few at once, in their order", async () => {
  let open = 0;
  let most = 0;
  const tryLink = async () => {
    most = Math.max(most, ++open);
    await sleep(1);
    open -= 1;
    return { outcome: "works", why: "answers 200" } as const;
  };
  const tried = await tryLinks({ tryLink, timeout: 1_000 }, urls);
  expect(tried.map(({ url }) => url)).toEqual(urls);
  expect(most).toBe(10);
});

test("when the time is over the rest is said to be untested, and what works stays so", async () => {
  const begun = performance.now();
  const tryLink = (url: string, signal: AbortSignal) =>
    new Promise<{ outcome: "works" | "dead"; why: string }>((resolve) => {
      if (url.endsWith("/0")) return resolve({ outcome: "works", why: "answers 200" });
      signal.addEventListener("abort", () => resolve({ outcome: "dead", why: "was cut off" }));
    });
  const tried = await tryLinks({ tryLink, timeout: 40 }, urls);
  expect(performance.now() - begun).toBeLessThan(1_000);
  const [first, ...rest] = tried;
  expect(first?.outcome).toBe("works");
  expect(new Set(rest.map(({ outcome, why }) => `${outcome}, ${why}`))).toEqual(
    new Set(["untestable, could not be tried within 0.04 seconds"]),
  );
});

test("what throws is a link that could not be tried, and no failure", async () => {
  const tried = await tryLinks({ tryLink: () => Promise.reject(new Error("no network")), timeout: 100 }, urls);
  expect(tried.every(({ outcome }) => outcome === "untestable")).toBe(true);
});
