import type { LinkTrial } from "#domain/edition/preflight/finding.ts";
import { inParallel } from "../../in-parallel.ts";

export type LinkTrying = {
  /** Opens an address as a reader would, and returns the outcome. Ends soon after the signal. */
  tryLink: (url: string, signal: AbortSignal) => Promise<Omit<LinkTrial, "url">>;
  /** Time limit for all of an edition's links, in milliseconds. */
  timeout?: number;
};

const TIMEOUT = 20_000;
/** Links at once: enough to try an edition in a few seconds, few enough not to overload one site. */
const WIDTH = 10;
/** Most links that are tried; a full edition has fewer. */
const MOST = 100;

/** Tries each link once within the time limit. Links that couldn't be tried are reported as such. */
export async function tryLinks(
  { tryLink, timeout = TIMEOUT }: LinkTrying,
  urls: readonly string[],
): Promise<LinkTrial[]> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), timeout);
  const late = { outcome: "untestable", why: `could not be tried within ${timeout / 1000} seconds` } as const;
  try {
    const tried = await inParallel(urls.slice(0, MOST), WIDTH, async (url) => {
      const result = clock.signal.aborted ? late : await tryLink(url, clock.signal).catch(() => undefined);
      const trial = clock.signal.aborted && result?.outcome !== "works" ? late : (result ?? failed);
      return { url, ...trial };
    });
    return [...tried, ...urls.slice(MOST).map((url) => ({ url, ...failed }))];
  } finally {
    clearTimeout(timer);
  }
}

const failed = { outcome: "untestable", why: "could not be tried" } as const;
