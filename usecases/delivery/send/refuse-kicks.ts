import type { Log } from "../../ports/services.ts";

type Ports = { refuse: (body: string, reason: string) => Promise<void>; log: Log };

/**
 * Moves messages that aren't kicks, or have another version, to the dead-letter queue at once, because they would fail
 * each time. False: no message is a kick.
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
