/**
 * `npm run corpora [-- DIR]`: runs Broadsheet against feeds generated to cost as much as they can and, with DIR, against
 * public material that isn't part of the project. Prints a table and fails below the bars. DIR holds the folders feeds,
 * xss, ssrf and clustering; a missing one is skipped by name.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { clusteringFigures, type Figures } from "./corpora/clustering.ts";
import { readSlices } from "./corpora/clustering-slices.ts";
import { dates, realFeeds } from "./corpora/feeds.ts";
import { adversarialFeeds, goodBesideHostile } from "./corpora/hostile.ts";
import { nastyFeeds } from "./corpora/nasty.ts";
import { ssrf } from "./corpora/ssrf.ts";
import { type Tally, tally } from "./corpora/tally.ts";
import { xss } from "./corpora/xss.ts";

/**
 * The bar for clustering: at most one pair in twenty is wrong, and it finds more than titles alone do at that
 * precision.
 */
const PRECISION = 0.95;
/** The share of right stories among those of several sources on a page. */
const PAGE_PRECISION = 0.97;

const corpora: readonly (readonly [string, (folder: string) => Tally | Tally[] | Promise<Tally>])[] = [
  ["feeds", realFeeds],
  ["feeds", dates],
  ["feeds", nastyFeeds],
  ["ssrf", ssrf],
  ["xss", xss],
  ["clustering/uci", clustering],
];

function clustering(folder: string): Tally[] {
  const slices = readSlices(folder);
  return clusteringFigures(slices).map(({ mode, slices: count, ours, tfidf, jaccard, exact }) => {
    const enough = ours.precision >= PRECISION && ours.recall > tfidf.recall && ours.pagePrecision >= PAGE_PRECISION;
    console.log(`Stories, ${mode}: page right and found, BCubed F1, pairs' precision and recall`);
    for (const [name, figures] of Object.entries({ ours, "TF-IDF, as precise": tfidf, "Jaccard 0.3": jaccard, exact }))
      console.log(`  ${name}: ${describeFigures(figures)}`);
    return tally(
      `clustering, ${mode}`,
      count,
      enough ? [] : [`below P ${PRECISION}, a page of ${PAGE_PRECISION} or TF-IDF's recall`],
      describeFigures(ours),
    );
  });
}

const describeFigures = ({ pagePrecision, pageRecall, bcubed, precision, recall }: Figures): string =>
  `page ${pagePrecision.toFixed(3)} ${pageRecall.toFixed(3)} F1 ${bcubed.toFixed(3)} P ${precision.toFixed(3)} R ${recall.toFixed(3)}`;

async function run(folder: string | undefined): Promise<boolean> {
  const rows: Tally[] = [await adversarialFeeds(), await goodBesideHostile()];
  for (const [name, corpus] of folder === undefined ? [] : corpora) {
    const path = join(folder ?? "", name);
    if (existsSync(path)) rows.push(...[await corpus(path)].flat());
    else console.log(`${name}: skipped, there is no ${path}`);
  }
  console.table(
    rows.map(({ corpus, cases, wrong, note }) => ({
      corpus,
      cases,
      wrong: wrong.length,
      right: `${((100 * (cases - wrong.length)) / Math.max(cases, 1)).toFixed(1)} %`,
      note,
    })),
  );
  for (const { corpus, wrong } of rows) for (const one of wrong) console.log(`${corpus}: ${one}`);
  return rows.length > 0 && rows.every(({ wrong }) => wrong.length === 0);
}

const folder = process.argv[2];
if (folder !== undefined && !existsSync(folder)) {
  console.error(`There is no folder ${folder}. Give the one that holds the corpora: npm run corpora -- DIR`);
  process.exitCode = 2;
} else if (!(await run(folder))) process.exitCode = 1;
