import type { Log } from "../../ports/services.ts";

type Ports = { refuse: (body: string, reason: string) => Promise<void>; log: Log };

/**
 * Puts messages that aren't kicks, or are of another version, to the dead letters at once, because they would fail each
 * time. False: there is no kick among them.
 */
export async function refuseUnknownKicks(
  { refuse, log }: Ports,
  bodies: readonly string[],
  isKick: (body: string) => boolean,
): Promise<boolean> {
  const bad = bodies.filter((body) => !isKick(body));
  for (const body of bad) await refuse(body, "unknown kick version");
  if (bad.length > 0) log.warn("kicks were refused", { kicks: bad.length });
  return bad.length < bodies.length;
}
