import { toInstant } from "../time/instant.ts";
import type { Source } from "./source.ts";

/** A permanent redirect is believed once it has been seen at so many polls in a row, over this time. Milliseconds. */
const POLLS = 3;
const LONG_ENOUGH = 24 * 3600_000;

type Move = Pick<Source, "url" | "movingTo" | "movingSince" | "movingPolls">;
const STAYS = { movingTo: null, movingSince: null, movingPolls: 0 } as const;

/**
 * Where a source is polled next time. A permanent redirect (301, 308) moves it only if it holds: one answer may come
 * from a hacked server, a captive portal or a slip of its publisher, and would otherwise hand the source to someone
 * else for good. Until then each poll follows the redirect and keeps the address. From https to http it never moves.
 * @param polled the address of this poll: the source's, or the feed that a new source's page names
 * @param redirect where it permanently redirected to; null: it didn't
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
