import { Config } from "#domain/config.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { fault } from "#domain/outcome.ts";
import { listUndecidedCalls } from "#usecases/delivery/operate/calls.ts";
import { pauseEdition, resumeEdition } from "#usecases/delivery/operate/pause-resume.ts";
import { resolveDeliveries, retryDeliveries } from "#usecases/delivery/operate/resolve.ts";
import { cancelEdition, type SendPorts } from "#usecases/editions/sending/send.ts";
import { commonPorts, freeze, type Kick } from "./ports.ts";
import type { Process } from "./process.ts";
import { after, inProcess, MINUTE, type World } from "./world.ts";
import { STRETCH } from "./zones.ts";

/** What a person does to an edition while it is being sent, by the real commands. */

const newsletter = { title: "News", from: { name: "News", address: "editor@example.org" }, postalAddress: "1 Street" };
const config = Config.parse({ newsletters: { daily: newsletter, weekly: newsletter } });
const request = (key: EditionKey) => ({ ...key, by: "operator" });

/** Plans a person's actions on this edition, if any, after its approval at `from`. */
export function planActs(world: World, key: EditionKey, from: number, kick: Kick): void {
  const { dice, conditions } = world;
  const at = (most: number) => from + dice.between(0, conditions.localTime ? Math.max(most, STRETCH * MINUTE) : most);
  if (dice.chance(conditions.pause)) void later(world, at(MINUTE), () => pauseAndResume(world, key, kick));
  if (dice.chance(conditions.cancel)) {
    void later(world, at(1.5 * MINUTE), () => command(world, kick, (ports) => cancelEdition(ports, request(key))));
  }
  if (!dice.chance(conditions.resolve)) return;
  const acts = dice.whole(1, 4);
  for (let n = 0; n < acts; n++) void later(world, at(100 * MINUTE), () => decide(world, key, kick));
}

/** Does something later; the story doesn't end before it is done. */
async function later(world: World, milliseconds: number, act: () => Promise<unknown>): Promise<void> {
  world.pendingActs.count += 1;
  await after(world.time, milliseconds, act);
  world.pendingActs.count -= 1;
}

async function pauseAndResume(world: World, key: EditionKey, kick: Kick): Promise<void> {
  const { dice, time } = world;
  await command(world, kick, (ports) => pauseEdition(ports, request(key)));
  await time.sleep(dice.between(0, 5 * MINUTE));
  await command(world, kick, (ports) => resumeEdition(ports, { ...request(key), anyway: dice.chance(0.3) }));
}

/** Looks at what is held or unknown, and resolves it. */
function decide(world: World, key: EditionKey, kick: Kick): Promise<unknown> {
  const act = world.dice.pick(["delivered", "resend", "resend", "retry", "resume", "anyway"]);
  return command(world, kick, (ports) => {
    if (act === "delivered" || act === "resend") return resolve(world, ports, key, act);
    if (act === "retry") return retryDeliveries(ports, request(key));
    return resumeEdition(ports, { ...request(key), anyway: act === "anyway" });
  });
}

/** Resolves everything at once, or one call. */
async function resolve({ dice }: World, ports: CommandPorts, key: EditionKey, as: "delivered" | "resend") {
  const listed = await listUndecidedCalls(ports, key);
  const calls = listed.ok ? listed.value.calls : [];
  const one = calls[dice.whole(0, Math.max(0, calls.length - 1))];
  const which = one !== undefined && dice.chance(0.4) ? { all: false, call: one.id } : { all: true };
  return resolveDeliveries(ports, { ...request(key), as, ...which });
}

type CommandPorts = ReturnType<typeof commandPorts>;

function commandPorts(world: World, process: Process, kick: Kick) {
  const common = commonPorts(world, process, kick, true);
  const invoke: SendPorts["dispatch"] = async (key) => {
    const answer = await inProcess(world, "dispatch", (other) => freeze(world, other, kick, key));
    await process.goOn();
    return answer ?? fault("conflict", "dispatch failed");
  };
  return {
    ...common,
    config: { ...config, delivery: world.settings },
    siteUrl: "https://news.example",
    audit: { append: async () => undefined },
    dispatch: invoke,
    updatePublished: async () => undefined,
    build: async () => fault("conflict", "nothing is built in a story"),
    check: async () => fault("conflict", "nothing is approved in a story"),
    senderVerified: async () => true,
    anySubscriber: async () => true,
  };
}

const command = (world: World, kick: Kick, work: (ports: CommandPorts) => Promise<unknown>) =>
  inProcess(world, "command", (process) => work(commandPorts(world, process, kick)));
