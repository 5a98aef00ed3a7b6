import type { Clock } from "../../ports/services.ts";

/**
 * Waits for something that may hang, at most so long. False: it has not ended. What it does later is its own affair.
 * @throws what `work` throws in time
 */
export async function endsWithin(clock: Clock, milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let late = false;
  const deadline = clock.sleep(milliseconds).then(() => {
    late = true;
  });
  // An error after the deadline is no one's any more.
  work.catch(() => undefined);
  await Promise.race([work, deadline]);
  return !late;
}
