import type { Conditions } from "./conditions.ts";
import { runStory } from "./story.ts";
import { type StoryResult, storyResultOf } from "./tally.ts";

/** Runs one story, with every request of every process in the order of time. */
export async function traceOf(seed: number, conditions: Conditions): Promise<{ result: StoryResult; lines: string[] }> {
  const lines: string[] = [];
  const note = (at: number, who: string, what: string) =>
    lines.push(`${new Date(at).toISOString().slice(8, 23)} ${who} ${what}`);
  const world = await runStory({ seed, conditions, note });
  return { result: storyResultOf(world), lines };
}
