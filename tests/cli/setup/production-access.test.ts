import { expect, test } from "vitest";
import { requestText } from "#cli/setup/production-access.ts";
import { defineConfig } from "#domain/config.ts";
import { broadsheet, json } from "../command-line.ts";

const from = { name: "A", address: "a@harbour.org" };
const config = defineConfig({
  newsletters: { daily: { title: "Harbour News", from, postalAddress: "2 Quay", days: ["mon", "fri"] } },
});

test("it answers what AWS asks: who gets what, how they subscribed, how they leave, what happens to bounces", () => {
  const text = requestText(config, { readers: 2_000, site: "https://www.harbour.org" });
  expect(text).toContain('"Harbour News" (from a@harbour.org, 2 editions a week)');
  expect(text).toContain("at most 2,000 emails a day");
  for (const words of ["double opt-in", "one click", "bounces permanently", "complaints", "DKIM"])
    expect(text).toContain(words);
  // UseCaseDescription, PutAccountDetails: 1 to 5,000 characters.
  expect(text.length).toBeLessThan(5_000);
});

test("the command line gives it with the call that sends it", async () => {
  const ran = await broadsheet(["production-access", "--readers", "500", "--site", "https://n.org", "--json"]);
  expect(ran.code).toBe(0);
  expect(json(ran).command).toMatch(/^aws sesv2 put-account-details .*--website-url https:\/\/n\.org /);
  expect((await broadsheet(["production-access"])).out).toContain("aws sesv2 put-account-details");
});
