import type { WarmUp } from "#domain/audience/warm-up.ts";
import type { WarmUpStore } from "../../ports/audience.ts";

/** `after`: what to store; undefined, or as it was: nothing. */
type Decided<T> = { readonly after: WarmUp | undefined; readonly value: T };

/**
 * Changes a newsletter's warm-up, and decides again where another process changed it meanwhile.
 * @returns the value decided together with what was stored
 * @throws when another process was faster at every one of `tries`
 */
export async function changeWarmUp<T>(
  warmUps: WarmUpStore,
  newsletter: string,
  tries: number,
  decide: (before: WarmUp | undefined) => Decided<T> | Promise<Decided<T>>,
): Promise<T> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = await warmUps.get(newsletter);
    const { after, value } = await decide(before);
    if (after === undefined || after === before || (await warmUps.put(newsletter, after))) return value;
  }
  throw new Error("the warm-up changed at every try");
}
