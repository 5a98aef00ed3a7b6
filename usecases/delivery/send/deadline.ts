import type { Clock } from "../../ports/services.ts";

/**
 * Waits for something that may hang, until a deadline. False: it hasn't ended; it is left to itself.
 * @throws what `work` throws in time
 */
export async function endsWithin(clock: Clock, milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let late = false;
  const deadline = clock.sleep(milliseconds).then(() => {
    late = true;
  });
  // An error after the deadline is ignored.
  work.catch(() => undefined);
  await Promise.race([work, deadline]);
  return !late;
}
