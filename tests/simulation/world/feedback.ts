import { memoryProbes } from "#adapters/memory/delivery/probes.ts";
import { trigger } from "#functions/feedback/contract.ts";
import { createDoneBatches } from "#usecases/delivery/feedback/done-batches.ts";
import type { FeedbackPorts } from "#usecases/delivery/feedback/ports.ts";
import { processEvents } from "#usecases/delivery/feedback/process-events.ts";
import type { Message } from "./events.ts";
import { commonPorts } from "./ports.ts";
import { type Process, through } from "./process.ts";
import { after, inProcess, type World } from "./world.ts";

const WINDOW_MS = trigger.window * 1_000;
const VISIBILITY_MS = trigger.visibility * 1_000;

/**
 * The queue of SES's events and its Lambda: a message that fails is delivered again, and is a dead letter after some
 * attempts.
 */
export function takeInEvents(world: World): void {
  const { events, time } = world;
  let waiting = false;
  events.polled(() => {
    if (waiting) return;
    waiting = true;
    void after(time, WINDOW_MS, () => {
      waiting = false;
      while (events.queue.length > 0) void takeInSome(world, events.queue.splice(0, trigger.batchSize));
    });
  });
}

async function takeInSome(world: World, messages: readonly Message[]): Promise<void> {
  const { events, time } = world;
  const report = await inProcess(world, "feedback", (process) =>
    processEvents(feedbackPorts(world, process), messages),
  );
  const failed = report ? messages.filter(({ id }) => report.failed.includes(id)) : messages;
  for (const message of failed) {
    message.received += 1;
    if (message.received >= trigger.attempts) events.dead.push(message);
    else {
      events.hide();
      void after(time, VISIBILITY_MS, () => events.again(message));
    }
  }
}

/** The memory of one of the warm processes. A restored table has a new name, and new processes. */
function warmMemory({ dice, time, restored, warm }: World): ReturnType<typeof createDoneBatches> {
  const process = `${dice.whole(1, 2)} ${restored.at}`;
  const memory = warm.get(process) ?? createDoneBatches(time.now);
  warm.set(process, memory);
  return memory;
}

function feedbackPorts(world: World, process: Process): FeedbackPorts {
  const { events, subscribers, newsletters, people, time } = world;
  const write: typeof subscribers.write = async (newsletter, changes) => {
    const written = await subscribers.write(newsletter, changes);
    for (const [at, { after }] of changes.entries()) {
      const person = people.get(newsletter)?.personOf(after.id);
      const isStopped = after.status === "bounced" || after.status === "complained";
      if (written[at] && isStopped && person) person.stoppedAt = time.now();
    }
    return written;
  };
  const common = commonPorts(world, process, async () => undefined);
  return {
    ...common,
    ledger: warmMemory(world).over(common.ledger),
    probes: memoryProbes(),
    configurationSet: "broadsheet",
    newsletters,
    subscribers: through(process, "subscribers", { ...subscribers, write }),
    // In a story, an address consists of the ids of the reader and the newsletter (people.ts).
    idOf: async (_, address) => address.slice(0, address.indexOf("@")),
    refuse: (body) => process.call("refuse", async () => void events.dead.push({ id: "refused", body, received: 0 })),
  };
}
