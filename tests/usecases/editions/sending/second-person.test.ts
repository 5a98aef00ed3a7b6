import { describe, expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import type { Author } from "#domain/desk/author.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import { requireSecondPerson } from "#usecases/editions/sending/second-person.ts";

const key = { newsletter: "daily", date: "2026-11-25" };
const at = "2026-11-24T12:00:00.000Z";
const daily = {
  title: "Daily",
  language: "en",
  from: { name: "Daily", address: "daily@example.org" },
  postalAddress: "1 Main Street",
  timeZone: "UTC",
  sendAt: "07:00",
};

const rewrite = (n: number, author: Author): Decision => ({
  do: "rewrite",
  story: null,
  subject: "S",
  n,
  at,
  ...author,
});
const approve = (n: number, author: Author): Decision => ({ do: "approve", n, at, ...author });

async function allowed(log: Decision[], author: Author, options?: { since: "approval" }, secondPerson = true) {
  const config = defineConfig({ newsletters: { daily: { ...daily, secondPerson } as never } });
  return (await requireSecondPerson({ config, editions: { decisions: async () => log } }, key, author, options)).ok;
}

describe("a second person", () => {
  const ana: Author = { by: "Ana Reyes", byId: "sub-1" };
  const renamed: Author = { by: "A. Reyes-Okafor", byId: "sub-1" };
  const namesake: Author = { by: "Ana Reyes", byId: "sub-2" };
  const terminal: Author = { by: "root" };

  test.each<[string, Author, Author, boolean]>([
    ["the same person", ana, ana, false],
    ["the same person under a new name", ana, renamed, false],
    ["another person of the same name", ana, namesake, true],
    ["another person", ana, { by: "Bo", byId: "sub-3" }, true],
    ["the same name in a terminal, without a subject", ana, { by: "Ana Reyes" }, false],
    ["another name in a terminal", ana, terminal, true],
    ["the same terminal twice", terminal, terminal, false],
  ])("%s", async (_what, changed, approving, isAllowed) => {
    expect(await allowed([rewrite(1, ana), rewrite(2, changed)], approving)).toBe(isAllowed);
  });

  test("is asked for only where the newsletter says so, and only once something was changed", async () => {
    expect(await allowed([rewrite(1, ana)], ana, undefined, false)).toBe(true);
    expect(await allowed([], ana)).toBe(true);
  });

  test("isn't required again for what was approved, only for what changed after that", async () => {
    const bo: Author = { by: "Bo", byId: "sub-3" };
    expect(await allowed([rewrite(1, ana), approve(2, bo)], ana, { since: "approval" })).toBe(true);
    expect(await allowed([rewrite(1, ana), approve(2, bo), rewrite(3, ana)], renamed, { since: "approval" })).toBe(
      false,
    );
    expect(await allowed([rewrite(1, ana), approve(2, bo), rewrite(3, ana)], bo, { since: "approval" })).toBe(true);
  });
});
