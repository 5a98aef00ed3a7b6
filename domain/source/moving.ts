import { DAY } from "../time/durations.ts";
import { toInstant } from "../time/instant.ts";
import type { Source } from "./source.ts";

/** A permanent redirect counts after this many consecutive polls, over this time in milliseconds. */
const POLLS = 3;
const LONG_ENOUGH = DAY;

type Move = Pick<Source, "url" | "movingTo" | "movingSince" | "movingPolls">;
const STAYS = { movingTo: null, movingSince: null, movingPolls: 0 } as const;

/**
 * Where a source is polled next time. A permanent redirect (301, 308) only moves it if it persists: a single answer may
 * come from a hacked server, a captive portal or a publisher's mistake, and would hand the source to someone else.
 * Until then, each poll follows the redirect and keeps the address. A source never moves from https to http.
 * @param polled the address of this poll: the source's, or the feed linked by a new source's page
 * @param redirect the target of permanent redirects; null: none
 */
export function followMove(source: Source, polled: string, redirect: string | null, now: number): Move {
  if (redirect === null || redirect === polled || losesHttps(polled, redirect)) return { url: polled, ...STAYS };
  const again = source.movingTo === redirect && source.movingSince !== null;
  const since = again && source.movingSince !== null ? source.movingSince : toInstant(now);
  const polls = again ? source.movingPolls + 1 : 1;
  if (polls >= POLLS && now - Date.parse(since) >= LONG_ENOUGH) return { url: redirect, ...STAYS };
  return { url: polled, movingTo: redirect, movingSince: since, movingPolls: polls };
}

const losesHttps = (from: string, to: string) => from.startsWith("https:") && !to.startsWith("https:");
