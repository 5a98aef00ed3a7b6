import type { LinkTrial } from "#domain/edition/preflight/finding.ts";
import { inParallel } from "../../in-parallel.ts";

export type LinkTrying = {
  /** Opens an address as a reader would, and says the outcome of it. Ends soon after the signal says so. */
  tryLink: (url: string, signal: AbortSignal) => Promise<Omit<LinkTrial, "url">>;
  /** Milliseconds for all of an edition's together. */
  timeout?: number;
};

const TIMEOUT = 20_000;
/** At once: enough for an edition to be tried in a few seconds, few enough for one site not to mind. */
const WIDTH = 10;
/** More than a full edition has. */
const MOST = 100;

/** Tries each link once, all of them within the time there is. What could not be tried is said to be so. */
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
