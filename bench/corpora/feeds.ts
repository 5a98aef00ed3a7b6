import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readFeed } from "#adapters/feed-parsing/read.ts";
import { parseDate } from "#domain/article/dates/dates.ts";
import { type Expectation, faultsOf } from "./expectation.ts";
import { readJson, type Tally, tally } from "./tally.ts";

type RealFeed = Expectation & { file: string; content_type: string };

/** Real feeds: every fact that two other parsers agree on. */
export function realFeeds(folder: string): Tally {
  const cases = readJson<RealFeed[]>(folder, "real_expected.json");
  const now = Date.now();
  let slowest = 0;
  const wrong = cases.flatMap((one) => {
    const url = `https://feeds.example.test/${one.file.split("/").at(-1)}`;
    const bytes = readFileSync(join(folder, one.file));
    const started = performance.now();
    const read = readFeed({ bytes, url, contentType: one.content_type, now });
    slowest = Math.max(slowest, performance.now() - started);
    const faults = read.ok ? faultsOf(read.value, one, url) : [read.fault.message];
    return faults.length === 0 ? [] : [`${one.file}: ${faults.slice(0, 3).join("; ")}`];
  });
  return tally("feeds, real", cases.length, wrong, `slowest ${slowest.toFixed(0)} ms`);
}

type RawDate = { raw: string; utc: string | null; level: string };

/** Dates: right where the form is standard, right or none where it is rare, none where it is damage. */
export function dates(folder: string): Tally {
  const cases = readJson<RawDate[]>(folder, "dates.json");
  const wrong = cases.flatMap(({ raw, utc, level }) => {
    const read = parseDate(raw);
    const found =
      read === null
        ? null
        : new Date(read.at)
            .toISOString()
            .replace(".000Z", "Z")
            .replace(/\.\d+Z$/, "Z");
    const right =
      found === utc ||
      level.startsWith("ambiguous") ||
      (level === "optional" && found === null) ||
      level.includes("tolerable");
    return right ? [] : [`${level} ${JSON.stringify(raw)} is read as ${found}, not ${utc}`];
  });
  const rare = cases.filter((one) => one.level === "optional");
  const read = rare.filter((one) => parseDate(one.raw) !== null).length;
  return tally("dates", cases.length, wrong, `${read} of ${rare.length} rare forms read`);
}
