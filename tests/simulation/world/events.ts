import { tagsOf } from "#domain/delivery/calls/tags.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { Conditions } from "../conditions.ts";
import type { Accepted } from "./ses.ts";
import type { Dice, Time } from "./time.ts";

/** One event on the queue, or on its way there. */
export type Message = { readonly id: string; readonly body: string; received: number };

/** SES's events through EventBridge and SQS: late, twice, in any order, or lost. */
export function createEvents(time: Time, dice: Dice, { events, confirmations }: Conditions) {
  const queue: Message[] = [];
  const dead: Message[] = [];
  let number = 0;
  let underWay = 0;
  let hidden = 0;
  let poll: () => void = () => undefined;

  const put = async (body: string): Promise<void> => {
    underWay += 1;
    await time.sleep(dice.between(...events.delay));
    underWay -= 1;
    number += 1;
    queue.push({ id: `e${number}`, body, received: 0 });
    poll();
  };
  const tell = (one: Accepted, eventType: string, more: object = {}): void => {
    if (events.outage || (events.lost > 0 && dice.chance(events.lost))) return;
    const body = bodyOf(one, eventType, more);
    void put(body);
    if (events.doubled > 0 && dice.chance(events.doubled)) void put(body);
  };
  return {
    queue,
    dead,
    /** Sets a function that is called whenever the queue has a message. */
    polled: (by: () => void) => {
      poll = by;
    },
    /** A message that wasn't processed is invisible until it is delivered again. */
    hide(): void {
      hidden += 1;
    },
    again(message: Message): void {
      hidden -= 1;
      queue.push(message);
      poll();
    },
    backlog: () => ({ waiting: queue.length, dead: dead.length }),
    /** Events that no run has processed: in transit, on the queue, or invisible until they are delivered again. */
    underWay: () => underWay + queue.length + hidden,
    /** Plans SES's events for a message that it has just accepted. */
    accepted(one: Accepted): void {
      if (confirmations) tell(one, "Send");
      const bounces = events.bounce > 0 && dice.chance(events.bounce);
      if (bounces) tell(one, "Bounce", { bounce: { bounceType: dice.pick(["Permanent", "Transient"]) } });
      else if (confirmations) tell(one, "Delivery");
      if (!bounces && events.bounce > 0 && dice.chance(events.bounce / 4)) tell(one, "Complaint", { complaint: {} });
    },
  };
}

/** Only the fields of an event that are read. */
function bodyOf({ id, tag, messageId, at }: Accepted, eventType: string, more: object): string {
  const tags = tagsOf(tag).map(({ name, value }) => [name, [value]] as const);
  const mail = {
    messageId,
    destination: [`${id}@example.org`],
    tags: { "ses:configuration-set": ["broadsheet"], ...Object.fromEntries(tags) },
  };
  return JSON.stringify({ source: "aws.ses", time: toInstant(at), detail: { eventType, mail, ...more } });
}
