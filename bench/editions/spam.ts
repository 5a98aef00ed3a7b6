import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { bulkClient, sesBulk } from "#adapters/ses/bulk.ts";
import { toInstant } from "#domain/time/instant.ts";
import { startSes } from "#local/ses/start.ts";
import { renderDigest } from "#templates/email/digest.ts";
import { approved, config, key, keys, revision, siteUrl, subscriber } from "#tests/testing/delivery/delivery-system.ts";
import { editions } from "#tests/testing/editions/editions.ts";
import { bulkCallComposer } from "#usecases/delivery/send/calling/compose-call.ts";

/** A rule that a message hit, and how many points it costs. */
type Hit = { rule: string; points: number };
type Filter = { name: string; judge: (message: string) => Promise<Hit[]>; close: () => Promise<void> };

/**
 * Points for a message's surroundings on a test machine, not for its content: no DNS, a single hop, SES's envelope
 * address.
 */
const surroundings =
  /^(HEADER_FROM_DIFFERENT_DOMAINS|HFILTER_\w+|ONCE_RECEIVED|RDNS_\w+|R_(SPF|DKIM)_\w+|DMARC_\w+|NO_DNS\w*)$/;

/** Points that we accept, and why. */
const accepted: Readonly<Record<string, string>> = {
  MANY_INVISIBLE_PARTS: "the preheader is hidden, as every newsletter's is",
  URI_COUNT_ODD: "counts whether the links of an email are an even number, which depends on the news",
};

/**
 * The scores of spam filters for the golden editions as readers get them, by local rules only. A filter that isn't
 * installed is skipped: `apt-get install spamassassin rspamd`.
 */
export async function reportSpam(): Promise<boolean> {
  const messages = await messagesOf();
  let isGood = true;
  for (const [name, open] of Object.entries({ SpamAssassin: openSpamAssassin, rspamd: openRspamd })) {
    const filter = await open();
    if (filter === null) {
      console.log(`  ${name}: skipped, because it is not installed here`);
      continue;
    }
    for (const [edition, message] of Object.entries(messages)) {
      const costly = (await filter.judge(message)).filter(({ rule, points }) => points > 0 && !surroundings.test(rule));
      const bad = costly.filter(({ rule }) => !(rule in accepted));
      const listed = costly.map(({ rule, points }) => `${rule} ${points}`).join(", ");
      console.log(`  ${filter.name}, ${edition}: ${listed || "no points"}${bad.length > 0 ? "  TOO MANY" : ""}`);
      isGood &&= bad.length === 0;
    }
    await filter.close();
  }
  for (const [rule, why] of Object.entries(accepted)) console.log(`  ${rule}: accepted, ${why}`);
  return isGood;
}

/** Each golden edition as a reader's provider gets it from the simulator. */
async function messagesOf(): Promise<Record<string, string>> {
  const ses = await startSes({ port: 0 });
  const credentials = { accessKeyId: "bench", secretAccessKey: "bench" };
  const client = bulkClient({ endpoint: ses.url, region: "us-east-1", credentials });
  const write = bulkCallComposer(config, siteUrl, keys);
  const reader = subscriber(1);
  const batch = { ...key, group: "0", run: "run", due: toInstant(Date.now()), first: reader.id };
  const callReader = { key: batch, attempt: 1, position: 0, subscriber: reader };
  const messages: Record<string, string> = {};
  const { hostile: _, ...real } = editions;
  for (const [name, { content, look }] of Object.entries(real)) {
    const call = write(approved(), { ...revision, email: renderDigest(content, look) }, [callReader]);
    if ("problem" in call) throw new Error(call.problem);
    const answer = await sesBulk(client, "broadsheet", 5)(call, () => "go");
    const id = answer.is === "results" ? answer.results[0]?.messageId : undefined;
    messages[name] = await (await fetch(`${ses.url}/messages/${id}.eml`)).text();
  }
  client.destroy();
  await ses.close();
  return messages;
}

const isInstalled = (command: string): boolean => spawnSync(command, ["--version"]).error === undefined;

async function openSpamAssassin(): Promise<Filter | null> {
  if (!isInstalled("spamassassin")) return null;
  const judge = async (message: string) => {
    const { stdout } = spawnSync("spamassassin", ["--local", "--test-mode"], { input: message, encoding: "utf8" });
    const report = stdout.slice(stdout.indexOf("pts rule name"));
    return Array.from(report.matchAll(/^ *(-?\d+\.\d) (\w+)/gm), ([, points, rule = ""]) => ({
      rule,
      points: Number(points),
    }));
  };
  return { name: "SpamAssassin", judge, close: async () => undefined };
}

/** Its modules that ask the network; without a network they only cost time. */
const asking =
  "rbl surbl fuzzy_check spf dkim dmarc arc asn mx_check phishing neural history_redis url_redirector greylist " +
  "ratelimit replies reputation dkim_signing";
const port = 21_333;
const address = `http://127.0.0.1:${port}`;
/** Milliseconds that it may take to compile its rules at its first start. */
const PATIENCE = 120_000;

const Verdict = z.object({ symbols: z.record(z.string(), z.object({ score: z.number() })) });

/** Starts rspamd in a temporary folder, without the modules that use the network. */
async function openRspamd(): Promise<Filter | null> {
  if (!isInstalled("rspamd")) return null;
  const folder = await mkdtemp(join(tmpdir(), "broadsheet-rspamd-"));
  await configure(folder);
  const { username } = userInfo();
  const places = ["RUNDIR", "DBDIR", "LOGDIR", "LOCAL_CONFDIR"].map((name) => `--var=${name}=${folder}`);
  const rspamd = spawn("rspamd", ["-f", "-u", username, "-g", username, ...places], { stdio: "ignore" });
  const close = async () => {
    await end(rspamd);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  if (!(await answers())) {
    await close();
    throw new Error(`rspamd did not answer at ${address} within ${PATIENCE / 1000} s.`);
  }
  const judge = async (message: string) => {
    const response = await fetch(`${address}/checkv2`, { method: "POST", body: message });
    const { symbols } = Verdict.parse(await response.json());
    return Object.entries(symbols).map(([rule, { score }]) => ({ rule, points: score }));
  };
  return { name: "rspamd", judge, close };
}

async function configure(folder: string): Promise<void> {
  const files: Record<string, string> = {
    "options.inc": 'dns { nameserver = "127.0.0.1:9:1"; timeout = 0.2s; retransmits = 1; }\n',
    "worker-normal.inc": `bind_socket = "127.0.0.1:${port}";\n`,
    "worker-controller.inc": `bind_socket = "127.0.0.1:${port + 1}";\n`,
    "worker-proxy.inc": "enabled = false;\n",
    "worker-fuzzy.inc": "enabled = false;\n",
    ...Object.fromEntries(asking.split(" ").map((name) => [`${name}.conf`, "enabled = false;\n"])),
  };
  await mkdir(join(folder, "local.d"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, "local.d", name), text);
}

async function answers(): Promise<boolean> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(500)) {
    const isUp = await fetch(`${address}/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return true;
  }
  return false;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await ended;
}

if (import.meta.main) process.exitCode = (await reportSpam()) ? 0 : 1;
