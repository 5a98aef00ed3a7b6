import type { CommandCaller } from "./samples/bring.ts";

/** Editions in these states may have deliveries whose outcome isn't known. */
const unfinished = new Set(["sending", "paused", "held", "halted", "cancelled"]);
const counted = (n: number) => (n === 1 ? "1 delivery is" : `${n.toLocaleString("en")} deliveries are`);

/**
 * Deliveries that an earlier run left unknown, one text for each edition. Read at the start before anything is sent, so
 * calls in flight then are from before the stop.
 */
export async function describeUnknown(call: CommandCaller, newsletters: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const newsletter of newsletters) {
    const { editions } = await call("list", { newsletter });
    for (const { date } of editions.filter(({ state }) => unfinished.has(state))) {
      const { counts, onTheirWay, unknownNext } = await call("follow", { newsletter, date });
      const unknown = counts.unknown + onTheirWay;
      if (unknown === 0) continue;
      const what = `${counted(unknown)} unknown in the edition of ${newsletter} for ${date}: the last run stopped, or got no answer from SES, in the middle of a call.`;
      texts.push(`${what} ${unknownNext ?? ""}`);
    }
  }
  return texts;
}
