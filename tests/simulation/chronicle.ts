import { weatherOf } from "./faults.ts";
import { tell } from "./story.ts";
import { type Told, toldOf } from "./tally.ts";

/** One story, with every request that any process made in it, in the order of time. */
export async function chronicleOf(seed: number): Promise<{ told: Told; lines: string[] }> {
  const lines: string[] = [];
  const note = (at: number, who: string, what: string) =>
    lines.push(`${new Date(at).toISOString().slice(8, 23)} ${who} ${what}`);
  const world = await tell({ seed, weather: weatherOf(seed), note });
  return { told: toldOf(world), lines };
}
