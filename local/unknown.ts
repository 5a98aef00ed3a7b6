import type { CommandCaller } from "./samples/bring.ts";

/** Editions in these states may have deliveries whose outcome isn't known. */
const unfinished = new Set(["sending", "paused", "held", "halted", "cancelled"]);
const counted = (n: number) => (n === 1 ? "1 delivery is" : `${n.toLocaleString("en")} deliveries are`);

/**
 * What an earlier run of the system left unknown, one text an edition: asked for when it starts, before anything is sent,
 * so whatever is in a call then was in one when the system stopped.
 * @param settleSeconds how long SES's events are waited for
 */
export async function describeUnknown(
  call: CommandCaller,
  newsletters: readonly string[],
  settleSeconds: number,
): Promise<string[]> {
  const minutes = Math.ceil(settleSeconds / 60);
  const next = `SES's events resolve them within ${minutes === 1 ? "1 minute" : `${minutes} minutes`}; what they leave open is held for a decision. From a minute on see: npx --no-install broadsheet edition calls`;
  const texts: string[] = [];
  for (const newsletter of newsletters) {
    const { editions } = await call("list", { newsletter });
    for (const { date } of editions.filter(({ state }) => unfinished.has(state))) {
      const { counts, onTheirWay } = await call("follow", { newsletter, date });
      const unknown = counts.unknown + onTheirWay;
      if (unknown === 0) continue;
      const what = `${counted(unknown)} unknown in the edition of ${newsletter} for ${date}: the last run stopped, or got no answer from SES, in the middle of a call.`;
      texts.push(`${what} ${next} ${newsletter} --date ${date}`);
    }
  }
  return texts;
}
