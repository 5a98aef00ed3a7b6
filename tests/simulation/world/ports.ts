import { batchName, editionName } from "#adapters/memory/store.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { stateFromOutcomes } from "#domain/delivery/calls/attempt.ts";
import type { BulkCall } from "#domain/delivery/calls/call.ts";
import { tagsOf } from "#domain/delivery/calls/tags.ts";
import type { Batch, BatchState } from "#domain/delivery/ledger/batch.ts";
import { accountOf, type Sender } from "#domain/delivery/pace/sender.ts";
import type { Shares } from "#domain/delivery/pace/shares.ts";
import { undecidedPositions } from "#domain/delivery/resolving/resolve-by-person.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import type { Log } from "#usecases/ports/services.ts";
import { carelessEditions, carelessLedger, carelessWarmUps, countingAt, heldBack } from "./imports.ts";
import { type Process, through } from "./process.ts";
import { nameOfBatch, nameOfCall, tagOf } from "./ses.ts";
import { inProcess, type World } from "./world.ts";

/** The ports of each use case as one process has them: the table, SES and the queue behind a network. */

/** The ledger, which also records when each claim takes effect, with its planted mistakes. */
function ledgerOf(world: World, byPerson: boolean) {
  const { ledger, bug, time, claims, store } = world;
  const writeBatches: typeof ledger.writeBatches = async (batches) => {
    if (bug !== "a frozen batch put twice") return ledger.writeBatches(batches);
    for (const batch of batches) {
      store.batches.get(editionName(batch.key))?.delete(batchName(batch.key));
      await ledger.writeBatches([batch]);
    }
  };
  const commitGroup: typeof ledger.commitGroup = async (key, commit) => {
    if (bug === "commit without condition") store.groups.get(`${key.newsletter}#${key.date}`)?.delete(commit.group);
    return ledger.commitGroup(key, commit);
  };
  const saveBatch = async (batch: Batch, only: { attempts: number; states: readonly BatchState[] }) => {
    const claiming = batch.state === "calling";
    const stored = await ledger.batch(batch.key);
    const isDropped = bug === "late evidence dropped" && !byPerson && stored?.state === "held";
    if (isDropped) return true;
    const careless = claiming && bug === "no condition on the claim" && stored;
    const saved = await ledger.saveBatch(
      trusting(world, batch),
      careless ? { attempts: stored.attempts, states: [stored.state] } : only,
    );
    if (saved && stored && batch.resends > stored.resends) again(stored, batch, byPerson ? world.chosen : world.resent);
    const claim = `${nameOfBatch(batch.key)} ${batch.attempts}`;
    world.note?.(
      time.now(),
      "table",
      `${saved ? "has" : "refused"} ${claim} ${batch.state} ${batch.outcomes} (${only.attempts} ${only.states})`,
    );
    if (saved && claiming && !claims.has(claim)) claims.set(claim, time.now());
    return saved;
  };
  const tableNow: typeof ledger.tableNow = async () =>
    bug === "a restored table taken for its own" && store.birth.known ? store.birth.known : ledger.tableNow();
  const isOtherCohort = ({ newsletter, date, due }: EditionKey & { due: string }) =>
    store.editions.get(`${newsletter}#${date}`)?.frozenAt !== due;
  const batchAround: typeof ledger.batchAround = async (key, id) => {
    if (bug === "only the last address looked at") return undefined;
    return bug === "one cohort alone looked at" && isOtherCohort(key) ? undefined : ledger.batchAround(key, id);
  };
  return { ...ledger, writeBatches, commitGroup, saveBatch, tableNow, batchAround };
}

/** Records who is sent again, by a person or automatically; those readers may get two emails. */
function again(before: Batch, after: Batch, places: Set<string>): void {
  const left = new Set(undecidedPositions(after));
  const chosen = undecidedPositions(before).filter((position) => !left.has(position));
  for (const position of chosen) places.add(`${nameOfBatch(before.key)} ${position}`);
}

/** Planted: the results of a mixed answer are taken to be in the order of the call. */
function trusting({ bug, inOrder }: World, batch: Batch): Batch {
  const order = inOrder.get(`${nameOfBatch(batch.key)} ${batch.attempts}`);
  if (bug !== "mixed results trusted by order" || batch.state !== "mixed" || !order) return batch;
  const called = (batch.call?.positions ?? []).filter((position) => batch.outcomes[position] !== "skipped");
  const outcomes = [...batch.outcomes];
  for (const [at, position] of called.entries()) outcomes[position] = order[at] ? "accepted" : "failed";
  return { ...batch, outcomes, state: stateFromOutcomes(outcomes) };
}

/** Puts a kick on its way. */
export type Kick = (sender?: number) => Promise<void>;

/** Planted: the newest editions without those that have begun since. */
async function withoutLater({ bug, editions }: World, newsletter: string, limit: number) {
  const all = await editions.list(newsletter, limit);
  const careless = bug === "a welcome without a look at later editions";
  return careless ? all.filter(({ state }) => state === "finished").slice(-1) : all;
}

export function commonPorts(world: World, process: Process, kick: Kick, byPerson = false) {
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (what) => void world.errors.push(what),
  };
  return {
    editions: through(process, "editions", {
      ...world.editions,
      list: (newsletter: string, limit: number) => withoutLater(world, newsletter, limit),
      addCounts: countingAt(world),
    }),
    ledger: through(process, "ledger", ledgerOf(world, byPerson)),
    now: () => toInstant(process.clock.now()),
    newRun: () => world.dice.hex(12),
    kick: (sender?: number) => process.call("kick", () => kick(sender)),
    log,
  };
}

function dispatchPorts(world: World, process: Process, kick: Kick) {
  const peopleOf = (newsletter: string) => {
    const people = world.people.get(newsletter);
    if (!people) throw new Error(`no reader has ${newsletter}`);
    return people;
  };
  const common = commonPorts(world, process, kick);
  return {
    ...common,
    editions: through(process, "editions", carelessEditions(world)),
    ledger: through(process, "ledger", carelessLedger(world, ledgerOf(world, false))),
    warmUps: through(process, "warmUps", carelessWarmUps(world)),
    publish: async () => undefined,
    countUse: async () => undefined,
    subscribers: {
      count: (newsletter: string) =>
        process.call("subscribers.count", async () => peopleOf(newsletter).active() * world.conditions.drift),
      anyActive: (newsletter: string) =>
        process.call("subscribers.anyActive", async () => peopleOf(newsletter).active() > 0),
      walkShard: async function* (newsletter: string, shard: number) {
        for (const page of peopleOf(newsletter).pages(shard)) {
          const read = await process.call("subscribers.walkShard", async () => page);
          yield* read.map((one) => heldBack(world, one));
          if (world.bug === "an empty page taken as the end" && page.length === 0) return;
        }
      },
    },
  };
}

/** One run of dispatch. */
export const freeze = (world: World, process: Process, kick: Kick, key: EditionKey) =>
  dispatch(dispatchPorts(world, process, kick), key, world.settings.share, world.conditions.canary);

type SenderRun = { readonly kick: Kick; readonly sender: number; readonly isTerminated: () => boolean };

export function sendPorts(world: World, process: Process, { kick, sender, isTerminated }: SenderRun): SendPorts {
  const { ses, bug } = world;
  const ports = commonPorts(world, process, kick);
  /** What this run knows of the rate of all senders together. */
  const known = { rate: 0 };
  const client = { gateFirst: bug === "gate before signing", retries: bug === "let the SDK retry" };
  return {
    ...ports,
    ledger: { ...ports.ledger, ...leaseOf(world, ports.ledger, known, sender) },
    clock: process.clock,
    subscribers: statusReads(world, process),
    ses: {
      account: async () => {
        const account = await process.call("ses.account", ses.account);
        known.rate = account.rate * world.settings.share;
        return account;
      },
      sendBulk: async (call, gate) => {
        if (bug === "record before the call") await recordBefore(world, call);
        const answer = await ses.sendBulk(process, () => known.rate, call, gate, client);
        if (answer.is === "results") {
          world.inOrder.set(
            nameOfCall(call),
            answer.results.map(({ status }) => status === "SUCCESS"),
          );
        }
        return answer;
      },
    },
    composeCall: (_edition, { email }, readers) => ({
      ...{ from: "e", replyTo: "e", email, headers: [] },
      entries: readers.map(({ subscriber, ...tag }) => ({
        ...{ to: subscriber.address, values: {}, headers: [], tags: tagsOf(tag) },
      })),
    }),
    kick: bug === "a kick lost to a dying run" ? async () => undefined : ports.kick,
    skew: () => 0,
    mustEnd: isTerminated,
  };
}

/**
 * The senders' items. Others than the first know SES's rate by what the first one knew when it divided it. Planted:
 * each run that asks for a lease gets it.
 */
function leaseOf(
  { bug, store, ratesDivided }: World,
  ledger: SendPorts["ledger"],
  known: { rate: number },
  sender: number,
): Pick<SendPorts["ledger"], "senders" | "takeSender" | "keepSender"> {
  const isPlanted = bug === "two senders with the same share" && sender > 0;
  const nameOf = ({ since, until, rate }: Shares) => `${since} ${until} ${rate}`;
  const note = ({ shares }: Sender) => {
    if (shares && sender === 0 && !ratesDivided.has(nameOf(shares))) ratesDivided.set(nameOf(shares), known.rate);
  };
  const put = async (next: Sender) => {
    await ledger.senders();
    store.otherSenders.set(sender, next);
    return true;
  };
  return {
    async senders() {
      const all = await ledger.senders();
      const shares = accountOf(all)?.shares;
      if (sender > 0 && shares) known.rate = ratesDivided.get(nameOf(shares)) ?? known.rate;
      return isPlanted ? all.filter(({ index }) => index !== sender) : all;
    },
    takeSender: isPlanted ? put : ledger.takeSender,
    async keepSender(next) {
      note(next);
      return isPlanted ? put(next) : ledger.keepSender(next);
    },
  };
}

/** How the sender reads its readers' status, with its planted mistakes. */
function statusReads(world: World, process: Process): SendPorts["subscribers"] {
  const { bug, dice, subscribers } = world;
  const takenForErased = new Set<string>();
  const carelessly = (found: ReadonlyMap<string, Subscriber>) =>
    new Map([...found].map(([id, subscriber]) => [id, careless(world, subscriber)]));
  return {
    getMany(newsletter, ids, consistent) {
      const unprocessed = bug === "UnprocessedKeys taken as erased" && dice.chance(0.3);
      const asked = unprocessed ? ids.slice(1) : ids;
      return process.call("subscribers.getMany", async () => {
        const known = asked.filter((id) => !takenForErased.has(id));
        return carelessly(await subscribers.getMany(newsletter, known, consistent));
      });
    },
    getSpan: (newsletter, ids) =>
      process.call("subscribers.getSpan", async () => {
        const read = carelessly(await subscribers.getSpan(newsletter, ids));
        const found = misreadSpan(world, newsletter, ids, read);
        for (const id of ids) if (read.has(id) && !found.has(id)) takenForErased.add(id);
        return found;
      }),
  };
}

/** Planted: a span is not read to its end, or is out of date, and missing readers aren't read again. */
function misreadSpan(
  { bug, people, time }: World,
  newsletter: string,
  ids: readonly string[],
  read: ReadonlyMap<string, Subscriber>,
): Map<string, Subscriber> {
  const ofAll = (find: (id: string) => Subscriber | undefined) =>
    new Map(ids.flatMap((id) => [find(id)].flatMap((one) => (one ? [[id, one] as const] : []))));
  const own = people.get(newsletter);
  switch (bug) {
    case "the first page of a span taken for all of it":
      return new Map([...read].slice(0, 10));
    case "the first shard of a span taken for all of it":
      return ofAll((id) => (id.slice(0, 2) === ids[0]?.slice(0, 2) ? read.get(id) : undefined));
    case "an erased reader of a span mailed as last known":
      return ofAll((id) => read.get(id) ?? own?.lastItem(id));
    case "a moved reader of a span not followed":
      return ofAll((id) => (read.get(id)?.status === "moved" ? undefined : read.get(id)));
    case "a span read as it was a second ago":
      return ofAll((id) => own?.itemAt(id, time.now() - 1_000));
    default:
      return new Map(read);
  }
}

/** Planted: the sender ignores a status or a pause. */
function careless({ bug }: World, { pausedUntil, ...subscriber }: Subscriber): Subscriber {
  const hasLeft = subscriber.status === "left" || subscriber.status === "removed";
  const status = bug === "status as it was frozen" && hasLeft ? "active" : subscriber.status;
  const isHeeded = pausedUntil !== undefined && bug !== "a pause not looked at";
  return { ...subscriber, status, ...(isHeeded && { pausedUntil }) };
}

/** Planted: everyone is recorded as accepted before SES is called. */
async function recordBefore({ ledger }: World, { entries }: BulkCall): Promise<void> {
  const tag = tagOf(entries[0]);
  const batch = tag && (await ledger.batch(tag.key));
  if (!batch) return;
  const called = new Set(batch.call?.positions);
  const outcomes = batch.outcomes.map((outcome, at) =>
    called.has(at) && outcome === "waiting" ? "accepted" : outcome,
  );
  await ledger.saveBatch({ ...batch, state: "done", outcomes }, { attempts: batch.attempts, states: [batch.state] });
}

export function watchPorts(world: World, process: Process, kick: Kick) {
  const invoke = async (key: EditionKey) => {
    await inProcess(world, "dispatch", (other) => freeze(world, other, kick, key));
    await process.goOn();
  };
  const backlog = () => process.call("backlog", async () => world.events.backlog());
  const common = commonPorts(world, process, kick);
  const newest = async () =>
    (await Promise.all(world.newsletters.map((newsletter) => common.editions.list(newsletter, 4))))
      .flat()
      .map(({ newsletter, date }) => ({ newsletter, date, at: common.now() }));
  const approved = world.bug === "an approved edition found by its date alone" ? newest : common.editions.approved;
  return {
    ...common,
    editions: new Proxy(common.editions, {
      get: (target, name) => (name === "approved" ? approved : Reflect.get(target, name)),
    }),
    ...{ dispatch: invoke, backlog, settings: world.settings, notify: async () => undefined },
    leaveHeartbeat: (edition: EditionKey) =>
      process.call("leaveHeartbeat", async () => Boolean(world.heartbeats.add(editionName(edition)))),
  };
}
