import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { problemWith } from "#cli/setup/answers.ts";
import { broadsheet, json, newFolder, spawned } from "../command-line.ts";

const root = new URL("../../../", import.meta.url).pathname;
const needed = ["--title", "Harbour News", "--from", "news@harbour.org", "--postal-address", "2 Quay, Port"];

/** What another process sees that loads the file as a checkout would. */
function loaded(file: string) {
  const inCheckout = readFileSync(file, "utf8").replace("#domain/config.ts", `file://${root}domain/config.ts`);
  const copy = join(newFolder(), "broadsheet.config.mts");
  writeFileSync(copy, inCheckout);
  const script = `import { config } from ${JSON.stringify(`file://${copy}`)}; console.log(JSON.stringify(config));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }));
}

describe("init by options", () => {
  test("writes a configuration that loads, with defaults for what isn't given", async () => {
    const file = join(newFolder(), "broadsheet.config.ts");
    const ran = await broadsheet(["init", ...needed, "--time-zone", "Europe/Lisbon", "--out", file, "--json"]);
    expect(ran.err).toBe("");
    expect(json(ran)).toMatchObject({ ok: true, file, name: "broadsheet", newsletters: ["daily"] });
    expect(loaded(file)).toMatchObject({
      name: "broadsheet",
      newsletters: {
        daily: {
          title: "Harbour News",
          from: { name: "Harbour News", address: "news@harbour.org" },
          timeZone: "Europe/Lisbon",
          sendAt: "07:00",
        },
      },
    });
  }, 30_000);

  test.each([
    "http://127.0.0.1/feed.xml",
    "http://[::1]/feed",
    "http://169.254.169.254/latest",
    "http://intranet/f",
    "https://u:p@harbour.org/f",
  ])(
    "a source that is never fetched is refused, as source add does: %s",
    async (source) => {
      const file = join(newFolder(), "broadsheet.config.ts");
      const flags = ["--title", "N", "--from", "news@harbour.org", "--postal-address", "2 Quay"];
      const ran = await broadsheet(["init", ...flags, "--source", source, "--out", file]);
      expect(ran.code).toBe(1);
      expect(ran.err).toMatch(/can't be fetched/);
      expect(existsSync(file)).toBe(false);
    },
    30_000,
  );

  test("every option lands in the file, which the formatter leaves as it is", async () => {
    const file = join(newFolder(), "broadsheet.config.ts");
    const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    const ran = await broadsheet([
      ...["init", "--newsletter", "city-desk", "--title", 'The "Quay" — daily', "--from", "news@harbour.org"],
      ...["--postal-address", `${"A long street name ".repeat(6)}7, Port`, "--language", "de", "--send-at", "06:30"],
      ...["--time-zone", "Europe/Berlin", "--days", "mon, tue,FRI", "--mode", "approve"],
      ...["--editor", "a@harbour.org", "--editor", "b@harbour.org", "--operator", "olga@harbour.org"],
      ...["--budget", "20", "--domain", "www.harbour.org", "--certificate", certificate, "--region", "eu-west-1"],
      ...["--source", "https://harbour.org/feed.xml", "--name", "harbour", "--existing-identities", "--out", file],
    ]);
    expect([ran.code, ran.err]).toEqual([0, ""]);
    expect(loaded(file)).toMatchObject({
      name: "harbour",
      region: "eu-west-1",
      operator: "olga@harbour.org",
      budget: { dollarsPerMonth: 20 },
      site: { domain: "www.harbour.org", certificate },
      identities: "existing",
      sources: [{ url: "https://harbour.org/feed.xml" }],
      newsletters: {
        "city-desk": {
          title: 'The "Quay" — daily',
          language: "de",
          days: ["mon", "tue", "fri"],
          mode: "approve",
          editors: ["a@harbour.org", "b@harbour.org"],
        },
      },
    });
    const text = readFileSync(file, "utf8");
    const biome = join(root, "node_modules/.bin/biome");
    const formatted = execFileSync(biome, ["format", "--stdin-file-path=broadsheet.config.ts"], {
      input: text,
      cwd: root,
      encoding: "utf8",
    });
    expect(text).toBe(formatted);
  }, 30_000);

  test("without a terminal it never asks: it names what is missing", async () => {
    const ran = await spawned(["init", "--title", "Harbour News"]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain("Missing: --from, --postal-address.");
    expect(ran.out).toBe("");
  });

  test("a wrong answer is named with its path, and nothing is written", async () => {
    const file = join(newFolder(), "broadsheet.config.ts");
    const ran = await broadsheet(["init", ...needed, "--time-zone", "Mars/Olympus", "--out", file]);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain("newsletters.daily.timeZone: not an IANA time zone");
    expect(() => readFileSync(file)).toThrow();
    expect((await broadsheet(["init", ...needed, "--days", "mon,someday", "--out", file])).code).toBe(2);
  });

  test("it replaces the sample, but a configuration of one's own only with --force", async () => {
    const file = join(newFolder(), "broadsheet.config.ts");
    writeFileSync(file, readFileSync(join(root, "broadsheet.config.ts")));
    expect((await broadsheet(["init", ...needed, "--out", file])).code).toBe(0);
    const again = await broadsheet(["init", ...needed, "--title", "Other", "--out", file]);
    expect(again.code).toBe(1);
    expect(again.err).toContain("--force");
    expect(readFileSync(file, "utf8")).toContain("Harbour News");
    expect((await broadsheet(["init", ...needed, "--title", "Other", "--out", file, "--force"])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toContain("Other");
  });
});

describe("an answer on a terminal is checked as it is given", () => {
  test.each([
    [{ from: "nobody" }, /address/i],
    [{ sendAt: "7am" }, /HH:MM/],
    [{ newsletter: "desk of ours" }, /lower-case/],
    [{ newsletter: "subscribe" }, /pages of that name/],
    [{ editor: ["a@harbour.org", "b"] }, /address/i],
  ])("%j", (answer, problem) => {
    expect(problemWith(answer)).toMatch(problem);
  });

  test("a good one passes", () => {
    expect(problemWith({ from: "news@harbour.org", sendAt: "06:30", editor: ["a@harbour.org"] })).toBeUndefined();
  });
});
