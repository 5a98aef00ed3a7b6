/** What a step answers if another process changed the subscriber after it was read. */
export const changedMeanwhile: unique symbol = Symbol("changed meanwhile");

const TRIES = 5;

/** Repeats a step that reads a subscriber and saves a change. @throws if the subscriber changes at every try */
export async function untilSaved<T>(step: () => Promise<T | typeof changedMeanwhile>): Promise<T> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const result = await step();
    if (result !== changedMeanwhile) return result;
  }
  throw new Error("the subscriber changed at every try");
}
