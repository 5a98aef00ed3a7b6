import { trigger } from "#functions/feedback/contract.ts";
import { createDice } from "#tests/simulation/world/time.ts";

/** Which event of which recipient of which call, all by their numbers. */
export type ExpectedEvent = { readonly call: number; readonly position: number; readonly nth: 0 | 1 };
/** What one invocation of feedback takes in, and in which of its processes. */
export type Poll = { readonly process: number; readonly events: readonly ExpectedEvent[] };

/** The pace leaves this much between calls (domain/delivery/pace). */
const PACE = 1.01;
const MEDIAN_DELIVERY_MS = 2_000;
/** Of the logarithm: one delivery in six takes 5 s or more, one in a hundred 20 s. */
const SPREAD = 1;

/**
 * How the events of an edition come in when they are mixed as real ones are: Send of a recipient within a second or so of
 * the call, Delivery or Bounce when the receiving server took it, in the median after 2 s. Lambda's pollers share the queue
 * at random, and each gathers what it gets until it has enough or the window is over.
 * @param sizes recipients of each call
 * @param rate recipients a second, and how many pollers there are; as many processes work
 * @param isPublished whether the configuration set asks SES for this event
 */
export function* pollsOf(
  sizes: readonly number[],
  { rate, pollers }: { rate: number; pollers: number },
  isPublished: (event: ExpectedEvent) => boolean,
): Generator<Poll> {
  const dice = createDice(rate);
  const came: (ExpectedEvent & { at: number })[] = [];
  let departure = 0;
  for (const [call, size] of sizes.entries()) {
    departure += (PACE * 1_000 * size) / rate;
    for (let position = 0; position < size; position++) {
      const send = departure + 200 - 500 * Math.log(1 - dice.next());
      came.push({ call, position, nth: 0, at: send });
      came.push({ call, position, nth: 1, at: send + MEDIAN_DELIVERY_MS * Math.exp(SPREAD * normal(dice.next)) });
    }
  }
  const published = came.filter(isPublished).sort((a, b) => a.at - b.at);
  const gathered = Array.from({ length: pollers }, (): { since: number; events: ExpectedEvent[] } => ({
    since: 0,
    events: [],
  }));
  for (const { at, ...event } of published) {
    for (const one of gathered) {
      if (one.events.length > 0 && at - one.since > trigger.window * 1_000) yield take(one);
    }
    const own = gathered[dice.whole(0, pollers - 1)];
    if (!own) continue;
    if (own.events.length === 0) own.since = at;
    own.events.push(event);
    if (own.events.length >= trigger.batchSize) yield take(own);
  }
  for (const one of gathered) if (one.events.length > 0) yield take(one);

  function take(one: { events: ExpectedEvent[] }): Poll {
    const { events } = one;
    one.events = [];
    return { process: dice.whole(0, pollers - 1), events };
  }
}

/** From two numbers between 0 and 1. */
const normal = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
