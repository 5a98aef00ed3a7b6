import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { config } from "#broadsheet.config.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { useLocalAws } from "#local/aws.ts";
import { connectionOf, type Folder, readSystem } from "#local/folder.ts";
import { commandCaller } from "#local/samples/bring.ts";
import type { Dice } from "#tests/simulation/world/time.ts";
import { openParts, type Part } from "./parts.ts";
import { judge, Mail, type Verdict } from "./verdict.ts";

/** One round: the number of readers and of kills, and the network's faults. */
export type Round = {
  readonly readers: number;
  readonly kills: number;
  /** The share of answers that are dropped after SES accepted the call, and of events that are lost. */
  readonly drop: number;
  readonly lose: number;
  /** Recipients a second. */
  readonly rate: number;
  readonly dice: Dice;
  readonly say: (text: string) => void;
};

export type Outcome = Verdict & { readonly state: string; readonly kills: number; readonly seconds: number };

/** Settings that let a trial end in minutes; in production they are those of docs/decisions/delivery-settings.md. */
const shortened = ["--lease", "3", "--claim", "8", "--call", "4", "--watch", "2", "--settle", "120", "--canary", "off"];
export const described = shortened.join(" ");

const [newsletter = "daily"] = Object.keys(config.newsletters);
const END_SECONDS = 600;
const PATIENCE_MS = 20_000;

/** Runs one round with real processes, and compares the ledger with the simulator's own log. */
export async function play(round: Round): Promise<Outcome> {
  const parts = openParts();
  const began = performance.now();
  try {
    const [data, queues] = await Promise.all([parts.start("data"), parts.start("queues")]);
    const ses = await parts.start("ses", ["--rate", String(round.rate), "--quota=-1"]);
    const host = await parts.start("host", shortened);
    const world = openWorld({ data, queues, ses, host, folder: parts.folder });
    const key = await prepare(world, round);
    const kills = await send(world, key, round, parts.start);
    const { state } = await waitUntilEnded(world, key, round);
    const verdict = judge(await audienceOf(world), await batchesOf(world, key), await mailsOf(ses));
    return { ...verdict, state, kills, seconds: (performance.now() - began) / 1000 };
  } finally {
    await parts.close();
  }
}

type Places = { folder: Folder; data: Part; queues: Part; ses: Part; host: Part };
type World = Places & {
  editions: ReturnType<typeof dynamoEditions>;
  ledger: ReturnType<typeof dynamoLedger>;
  subscribers: ReturnType<typeof dynamoSubscribers>;
};

function openWorld(places: Places): World {
  const { data, queues, ses, host } = places;
  const { credentials } = readSystem(places.folder);
  const lambda = { lambda: host.url, secretsManager: host.url, s3: host.url };
  useLocalAws({ dynamodb: data.url, sqs: queues.url, sesv2: ses.url, ...lambda }, credentials);
  const table = openTable(config.name);
  return {
    ...places,
    editions: dynamoEditions(table),
    ledger: dynamoLedger(table),
    subscribers: dynamoSubscribers(table),
  };
}

async function prepare({ ses, folder }: World, { readers, drop, lose, say }: Round): Promise<EditionKey> {
  const call = commandCaller(connectionOf(readSystem(folder)));
  for (let at = 0; at < readers; at += 500) {
    const addresses = Array.from({ length: Math.min(500, readers - at) }, (_, n) => `reader${at + n}@example.com`);
    await call("subscriber add", { newsletter, addresses });
  }
  const faults = [
    { kind: "drop-after", share: drop, times: null },
    { kind: "lose-events", each: lose, times: null },
  ];
  await fetch(`${ses.url}/_control/faults`, { method: "PUT", body: JSON.stringify(faults) });
  const headlines = Array.from({ length: 17 }, (_, n) => `Headline number ${n + 1} of this edition`);
  const text = ["A paragraph of the lead that is about as long as one.", "", ...headlines].join("\n");
  const { edition } = await call("draft", { newsletter, text });
  say(`${readers} readers and an edition; sending`);
  return { newsletter, date: edition.date };
}

/** Sends, and kills the host at random moments. Returns the number of kills. */
async function send(
  world: World,
  key: EditionKey,
  round: Round,
  start: (name: "host", flags: string[]) => Promise<Part>,
) {
  let host = world.host;
  // The answer is lost if the host is killed first; dispatch and watch still know of the work.
  void commandCaller(connectionOf(readSystem(world.folder)))("send", key).catch(() => undefined);
  let kills = 0;
  let before = 0;
  while (kills < round.kills) {
    await movedOn(world, key, before);
    await sleep(round.dice.between(0, 4_000));
    await host.kill("SIGKILL");
    kills += 1;
    const taken = await accepted(world.ses);
    before = taken;
    round.say(`killed ${kills} of ${round.kills} times, ${taken} of ${round.readers} taken by SES`);
    host = await start("host", [...shortened]);
  }
  return kills;
}

/** Waits until SES accepts more, so each kill hits a working sender; at most as long as a new sender needs to start. */
async function movedOn({ ses, editions }: World, key: EditionKey, before: number): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(50)) {
    const isBegun = before > 0 || (await editions.get(key))?.state === "sending";
    if (isBegun && (await accepted(ses)) > before) return;
  }
}

const Summary = z.object({ accepted: z.number() });
const accepted = async ({ url }: Part) => Summary.parse(await (await fetch(`${url}/_control/summary`)).json()).accepted;

/** Waits until the edition ends, or only needs a person. */
async function waitUntilEnded({ editions, ses }: World, key: EditionKey, { say, readers }: Round): Promise<Edition> {
  let said = 0;
  for (let second = 0; ; second += 1) {
    const edition = await editions.get(key);
    if (edition && ["finished", "held", "halted"].includes(edition.state)) return edition;
    if (edition && second >= END_SECONDS) return edition;
    if (second - said >= 10) {
      said = second;
      say(`${edition?.state ?? "no edition"}, ${await accepted(ses)} of ${readers} taken by SES`);
    }
    await sleep(1_000);
  }
}

async function batchesOf({ ledger }: World, key: EditionKey): Promise<Batch[]> {
  const groups = await ledger.groups(key);
  return (await Promise.all(groups.map(({ group, run }) => ledger.batches(key, group, run)))).flat();
}

async function audienceOf({ subscribers }: World): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let shard = 0; shard < 256; shard += 1) {
    for await (const { id } of subscribers.walkShard(newsletter, shard)) ids.add(id);
  }
  return ids;
}

const mailsOf = async ({ url }: Part): Promise<Mail[]> =>
  z.array(Mail).parse(await (await fetch(`${url}/messages`)).json());
