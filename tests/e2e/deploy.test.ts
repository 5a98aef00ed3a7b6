import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoSessions } from "#adapters/dynamo/desk/sessions.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { config } from "#broadsheet.config.ts";
import { connect, type Invoke } from "#cli/client.ts";
import { StoredKeys } from "#domain/audience/tokens/keys.ts";
import { EditionView } from "#domain/edition/edition.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { beginSession } from "#functions/desk/access/session.ts";
import { pushPaths as push } from "#functions/push/contract.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { startDue, visit } from "./aws.ts";
import { bootstrap, broadsheet, cdk, deploy, type Shell, shellFor } from "./deployment.ts";
import { type Emulator, freePort, isSetUp, startEmulator, until } from "./emulator.ts";
import { type Feed, serveFeed } from "./feed.ts";

const newsletter = "daily";
const zone = config.newsletters[newsletter]?.timeZone ?? "UTC";
const [editor] = config.newsletters[newsletter]?.editors ?? [];
const readers = ["ada@example.org", "grace@example.org", "edsger@example.org"];

/**
 * The system as an operator deploys it, by `cdk deploy` into an AWS on this machine, driven as people drive it.
 * SES is our simulator. Each test goes on where the one before it ended.
 */
describe.skipIf(!isSetUp)("a deployment in the AWS emulator (npm run setup:e2e)", () => {
  let emulator: Emulator;
  let ses: RunningSes;
  let feed: Feed;
  let shell: Shell;
  let folder: string;
  let ask: Invoke;
  let deployed: Awaited<ReturnType<typeof deploy>>["outputs"];
  let today: string;
  let dueAt: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "deployment-"));
    const port = await freePort();
    ses = await startSes({ port: 0, events: { eventBridgeEndpoint: `http://127.0.0.1:${port}` } });
    emulator = await startEmulator(port, { AWS_ENDPOINT_URL_SESV2: ses.url });
    feed = await serveFeed();
    shell = shellFor(emulator.url);
    Object.assign(process.env, shell);
    ask = connect({ data: "", stack: config.name });
    await bootstrap(shell, folder);
  });

  afterAll(async () => {
    for (const name of Object.keys(shell ?? {})) delete process.env[name];
    await Promise.all([emulator?.stop(), ses?.close(), feed?.close()]);
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  test("cdk deploy succeeds and says what to do next", async () => {
    const first = await deploy(shell, folder, context());
    deployed = first.outputs;
    expect(deployed.CommandFunction).toBe(`${config.name}-command`);
    expect(first.printed).toContain(`npx --no-install broadsheet source add FEED-URL --stack ${config.name}`);
  });

  test("the desk requires a session, which it reads, and invokes command, nothing else", async () => {
    expect((await visit(deployed.SiteUrl, "GET", "/desk")).status).toBe(302);
    expect((await visit(deployed.SiteUrl, "GET", "/desk/daily/2026-11-24")).status).toBe(302);
    const keys = StoredKeys.parse(JSON.parse((await keysSecret()) ?? ""));
    const identity = { id: "1", name: "Olga", email: null, groups: ["operator"] };
    const cookie = await beginSession(
      {
        now: Date.now,
        newSecret: () => "s".repeat(43),
        keys: async () => keys,
        people: [],
        sessions: dynamoSessions(openTable(deployed.TableName)),
        provider: { again: async () => ({ refused: "refused", detail: "" }), revoke: async () => undefined },
        note: () => undefined,
      },
      { identity, renewal: null },
    );
    const name = deployed.SiteUrl.startsWith("https:") ? "__Host-desk" : "desk";
    const page = await visit(deployed.SiteUrl, "GET", "/desk/-/sources", "", { cookie: `${name}=${cookie}` });
    expect(page.body).toContain("Olga");
    expect(page.status).toBe(200);
    expect((await visit(deployed.SiteUrl, "GET", "/desk", "", { cookie: `${name}=${cookie}x` })).status).toBe(302);
  });

  test("people without the role are refused", async () => {
    const stranger = new LambdaClient({ credentials: { accessKeyId: "AKIASTRANGER0000000", secretAccessKey: "none" } });
    const invoke = new InvokeCommand({ FunctionName: deployed.CommandFunction, Payload: '{"do":"source list"}' });
    await expect(stranger.send(invoke)).rejects.toThrow(/not authori[sz]ed|token|security|signature/i);
  });

  test("a source is added and polled by the command line", async () => {
    feed.publish(news.slice(0, 12));
    await broadsheet(shell, "source", "add", feed.url);
    expect((await ask("source list", {})).sources).toMatchObject([{ url: feed.url }]);
    await broadsheet(shell, "ingest");
    const { sources } = await ask("source list", {});
    expect(sources).toMatchObject([{ title: "The Harbour Gazette", lastError: null, articles: 12 }]);
  });

  test("readers are added", async () => {
    expect(await ask("subscriber add", { newsletter, addresses: readers })).toMatchObject({ added: 3, already: 0 });
  });

  test("when it is due, an edition is made and sent to every reader", async () => {
    const due = Temporal.Now.zonedDateTimeISO(zone);
    today = due.toPlainDate().toString();
    dueAt = due.toInstant().toString({ fractionalSecondDigits: 3 });
    await startDue(shell, newsletter, today, dueAt);
    await finished(today);
    expect((await letters()).map(({ to }) => to).sort()).toEqual([...readers].sort());
    const shown = EditionView.parse(await broadsheet(shell, "edition", "show", newsletter, "--date", today));
    expect(shown.counts).toMatchObject({ audience: 3, accepted: 3, unknown: 0, held: 0 });
    expect((await letters())[0]?.subject).toBe(shown.subject);
  });

  test("its editors hear that the links of its invented news lead nowhere", async () => {
    await expect
      .poll(async () => (await messages()).find(({ to }) => to === editor)?.subject, { timeout: 60_000 })
      .toMatch(/^Links that do not open: /);
  });

  test("a second trigger on that date finds the first edition", async () => {
    await startDue(shell, newsletter, today, dueAt);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(await letters()).toHaveLength(3);
  });

  test("the link to read it in a browser leads to it", async () => {
    const page = await visit(deployed.SiteUrl, "GET", sitePaths.edition(newsletter, today));
    expect(page.status).toBe(200);
    const { edition } = await ask("show", { newsletter, date: today });
    expect(page.body).toContain(edition.headlines[0]?.title);
  });

  test("one click in the mail program ends the mails", async () => {
    const [message] = (await letters()).filter(({ to }) => to === readers[0]);
    const link = message?.headers["List-Unsubscribe"]?.match(/^<(.+)>$/)?.[1] ?? "";
    expect(link.startsWith(deployed.SiteUrl)).toBe(true);
    expect(message?.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    const answer = await visit(deployed.SiteUrl, "POST", new URL(link).pathname, "List-Unsubscribe=One-Click");
    expect(answer.status).toBe(200);
    const { subscriber } = await ask("subscriber show", { newsletter, address: readers[0] ?? "" });
    expect(subscriber.status).toBe("left");
  });

  test("a role that may invoke the command function sends an edition manually, and readers who left get none", async () => {
    feed.publish(news.slice(12));
    await ask("ingest", {});
    const date = Temporal.PlainDate.from(today).add({ days: 1 }).toString();
    const answer = await new LambdaClient({}).send(
      new InvokeCommand({
        FunctionName: deployed.CommandFunction,
        Payload: JSON.stringify({ do: "send", newsletter, date }),
      }),
    );
    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toMatchObject({ ok: true });
    await finished(date);
    expect((await letters()).map(({ to }) => to).sort()).toEqual([...readers, ...readers.slice(1)].sort());
  });

  test("a client pushes articles with the key of its source, and without it none", async () => {
    const { key } = await ask("source push", { name: "desk" });
    const body = JSON.stringify({ articles: [{ id: "1", title: "The ferry takes a new quay from Monday" }] });
    const json = { "content-type": "application/json", "idempotency-key": "first" };
    const post = (authorization: string) =>
      visit(deployed.SiteUrl, "POST", push.articles, body, { ...json, authorization });
    expect((await post("Bearer none")).status).toBe(401);
    const answer = { status: 200, body: '{"outcomes":[{"id":"1","outcome":"new"}]}' };
    expect(await post(`Bearer ${key}`)).toEqual(answer);
    expect(await post(`Bearer ${key}`)).toEqual(answer);
    expect((await visit(deployed.SiteUrl, "GET", push.description)).body).toContain('"openapi":"3.1.0"');
  });

  test("SES's events about the mails are processed, and none is refused", async () => {
    const ledger = dynamoLedger(openTable(deployed.TableName));
    const key = { newsletter, date: today };
    const seen = await until(async () => {
      const groups = await ledger.groups(key);
      const sets = await Promise.all(groups.map(({ group, run }) => ledger.seenInGroup(key, group, run)));
      const places = sets.flatMap((set) => [...set.values()].flatMap((all) => [...all]));
      return places.length >= readers.length ? places.sort() : undefined;
    });
    expect(seen).toEqual(["1:0", "1:1", "1:2"]);
    const QueueUrl = `${emulator.url}/${shell.CDK_DEFAULT_ACCOUNT}/${config.name}-feedback-dead`;
    const dead = await new SQSClient({}).send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(dead.Messages ?? []).toEqual([]);
  });

  test("a second deployment changes nothing, and keeps keys and table", async () => {
    const key = await keysSecret();
    const second = await deploy(shell, folder, context());
    expect(second.printed).toContain("(no changes)");
    expect(second.outputs).toEqual(deployed);
    expect(await keysSecret()).toBe(key);
  });

  test("a deployment that changes something keeps them too", async () => {
    const key = await keysSecret();
    const third = await deploy(shell, folder, context("http://127.0.0.1:9"));
    expect(third.printed).not.toContain("(no changes)");
    expect(third.outputs).toEqual(deployed);
    expect(await keysSecret()).toBe(key);
    const { subscribers } = await ask("subscriber list", { newsletter });
    expect(subscribers).toHaveLength(3);
  });

  test("when the stack is destroyed, the table and the keys remain", async () => {
    const key = await keysSecret();
    await cdk(shell, folder, "destroy", "--force", "-c", "emulator=true");
    const { Table } = await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName: deployed.TableName }));
    expect(Table?.TableStatus).toBe("ACTIVE");
    expect(await keysSecret()).toBe(key);
    await expect(ask("source list", {})).rejects.toThrow();
  });

  const context = (...more: string[]) => ({ allowOrigins: [feed.origin, ...more].join(",") });

  /** Waits until an edition is finished; a state it cannot leave ends the wait with its reason. */
  async function finished(date: string): Promise<void> {
    let last = "no edition";
    await until(
      async () => {
        const { edition } = await ask("show", { newsletter, date });
        last = `${edition.state} (${edition.reason}), ${JSON.stringify(edition.counts)}`;
        return edition.state === "finished";
      },
      () => (/^(held|skipped|halted|cancelled)/.test(last) ? `The edition is ${last}.` : undefined),
      90,
    ).catch((cause: unknown) => {
      throw new Error(`The edition of ${date} did not finish: ${last}\n${emulator.log()}`, { cause });
    });
  }

  async function messages(): Promise<Message[]> {
    const answer = await fetch(`${ses.inboxUrl}/messages`);
    return z.array(Message).parse(await answer.json());
  }

  /** What readers got. */
  const letters = async () => (await messages()).filter(({ to }) => to !== editor);

  async function keysSecret(): Promise<string | undefined> {
    const get = new GetSecretValueCommand({ SecretId: deployed.KeysSecret });
    return (await new SecretsManagerClient({}).send(get)).SecretString;
  }
});

const Message = z.object({ to: z.string(), subject: z.string(), headers: z.record(z.string(), z.string()) });
type Message = z.infer<typeof Message>;

const news = [
  "Ferry to the northern islands runs again after three winters",
  "Council buys the old cannery for a school of boatbuilding",
  "Beekeepers report the earliest swarm on record",
  "Tram drivers and the city agree on shorter night shifts",
  "Museum finds a lost map behind its own wallpaper",
  "River pilots warn of sandbanks below the railway bridge",
  "Bakery prices fall as the wheat harvest comes in",
  "Observatory opens its dome to schoolchildren on clear nights",
  "Hospital tests a ward without a single alarm bell",
  "Chess club of the fishermen wins the league in its first year",
  "Library lends umbrellas, and gets nearly all of them back",
  "Engineers drain the flooded tunnel under the market",
  "Orchestra plays in the empty swimming pool for its echo",
  "Foresters count more lynx than last spring",
  "Court lets the street musicians stay on the square",
  "New lighthouse lamp can be seen from twice as far",
  "Farmers plant walnut trees along the motorway",
  "University names a crater after its first janitor",
  "Postal boats return to the delta, this time electric",
  "Glassworks relights its furnace for one last window",
  "Marathon route moves to the dikes because of roadworks",
  "Potters and physicists share a kiln and a patent",
  "Volunteers rebuild the bridge of the cable railway",
  "Weather service retires its paper charts",
];
