import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, collect, parsePositive, runLocally, runRemotely } from "../command.ts";
import { canAsk, confirm } from "../terminal/confirm.ts";
import { columns, counted, type Output } from "../terminal/output.ts";
import { misuse, Problem } from "../terminal/problem.ts";
import { registerSourceLists } from "./source-lists.ts";
import { sourceTable } from "./source-table.ts";

type Report = CommandOutput<"ingest">["reports"][number];

/** Registers `source add|key|list|rename|remove|restore|check|import|export` and `ingest`. */
export function registerSources(program: Command): void {
  const source = program
    .command("source")
    .description("Add, list, check and remove sources of articles")
    .helpCommand(false);
  addExamples(source, "source add https://example.com/feed.xml", "source list");
  registerAdding(source);
  registerSourceLists(source);
  const list = source
    .command("list")
    .description("List the sources with their health, last poll, last article, and share of articles used");
  addExamples(runRemotely(list, listSources), "source list");
  const rename = source
    .command("rename <source> <title>")
    .description("Change the name that readers see, for all of a source's articles");
  addExamples(runRemotely(rename, renameSource), 'source rename example-com "The Example"');
  const remove = source
    .command("remove <source>")
    .description("Stop reading a source, by its id or address")
    .option("--yes", "Don't ask for confirmation");
  addExamples(runRemotely(remove, removeSource), "source remove example-com", "source remove example-com --yes");
  const restore = source.command("restore <source>").description("Bring back a removed source, by its id or address");
  addExamples(runRemotely(restore, restoreSource), "source restore example-com");
  const check = source
    .command("check <url-or-file>")
    .description("Fetch and read a feed without storing anything; works without a running system")
    .option("--as <url>", "Treat a file as if it came from this address")
    .option("--allow-origin <url>", "Allow fetching from this private origin; can be repeated", collect, []);
  addExamples(
    runLocally(check, checkSource),
    "source check https://example.com/feed.xml",
    "source check feed.xml --as https://example.com/feed.xml",
  );
  const ingest = program.command("ingest [source]").description("Poll one source, or all of them, now");
  addExamples(runRemotely(ingest, ingestNow), "ingest", "ingest example-com");
}

function registerAdding(source: Command): void {
  const add = source
    .command("add [url]")
    .description("Add a feed by its web address, or a source whose articles are pushed")
    .option("--push <name>", "Add a source whose articles an API client pushes; prints its key once")
    .option("--id <id>", "Name of the source in commands (default: made from the address)")
    .option("--title <title>", "Name that readers see (default: the feed's own title)")
    .option("--weight <n>", "How much its articles count: 1 is normal, 2 is double", parsePositive)
    .option("--anyway", "Add it even if it can't be fetched or read now");
  addExamples(
    runRemotely(add, addSource),
    "source add https://example.com/feed.xml --weight 2",
    'source add --push city-desk --title "City Desk"',
  );
  const key = source.command("key <source>").description("Make a new push key for a source; the old one stops working");
  addExamples(runRemotely(key, renewKey), "source key city-desk");
}

type NewSource = { push?: string; id?: string; title?: string; weight?: number; anyway?: boolean };

async function addSource({ invoke, args: [url], options, by }: Context<NewSource>): Promise<Output> {
  const { push, id, title, weight, anyway } = options;
  if ((url === undefined) === (push === undefined) || (push !== undefined && id !== undefined)) {
    throw misuse("Give a feed's web address, or --push NAME for a source whose articles are pushed.");
  }
  if (push !== undefined) return pushed(await invoke("source push", { name: push, title, weight, by }));
  const { source } = await invoke("source add", { url: url ?? "", id, title, weight, anyway, by });
  return {
    json: source,
    text: `Added the source ${source.id}: ${source.url}\nIt is polled within five minutes. To poll it now, run: npx --no-install broadsheet ingest ${source.id}`,
  };
}

const renewKey = async ({ invoke, args: [source = ""], by }: Context<object>): Promise<Output> =>
  pushed(await invoke("source key", { source, by }));

function pushed({ source, key, endpoint }: CommandOutput<"source push">): Output {
  const secret =
    key === null
      ? `It already has a key. If the key is lost, make a new one with: npx --no-install broadsheet source key ${source.id}`
      : `Its key, shown only once: ${key}`;
  return {
    json: { ...source, key, endpoint },
    text: `Push articles for ${source.id} to ${endpoint}\n${secret}`,
  };
}

async function listSources({ invoke }: Context<object>): Promise<Output> {
  const { sources } = await invoke("source list", {});
  const none =
    "There are no sources yet. Add one with: npx --no-install broadsheet source add https://example.com/feed.xml";
  return { json: { sources }, text: sources.length === 0 ? none : sourceTable(sources) };
}

async function renameSource({ invoke, args: [given = "", title = ""], by }: Context<object>): Promise<Output> {
  const { source } = await invoke("source rename", { source: given, title, by });
  return { json: source, text: `${source.id} is called ${source.title} in editions made from now on.` };
}

async function removeSource({ invoke, args: [given = ""], options, by }: Context<{ yes?: boolean }>): Promise<Output> {
  const question = `Remove the source ${given}? Its articles stay, and no new ones come in.`;
  if (canAsk(options) && !(await confirm(question))) return { json: {}, text: "Nothing was removed." };
  const { source } = await invoke("source remove", { source: given, by });
  return {
    json: source,
    text: `Removed the source ${source.id}. Its articles stay. To bring it back, run: npx --no-install broadsheet source restore ${source.id}`,
  };
}

async function restoreSource({ invoke, args: [given = ""], by }: Context<object>): Promise<Output> {
  const { source } = await invoke("source restore", { source: given, by });
  return { json: source, text: `Restored the source ${source.id}. It is polled within five minutes.` };
}

type CheckFlags = { as?: string; allowOrigin: string[] };

async function checkSource({
  args: [target = ""],
  options,
}: Pick<Context<CheckFlags>, "args" | "options">): Promise<Output> {
  const { checkSource: check, formatCheck } = await import("./source-check.ts");
  const { config } = await import("#broadsheet.config.ts");
  const allowOrigins = [...config.allowOrigins, ...options.allowOrigin];
  const result = await check(target, { as: options.as, allowOrigins }).catch((error: Error) => {
    throw "fault" in error ? error : new Problem("not-a-feed", error.message);
  });
  return { json: result, text: formatCheck(result), problem: nothingIn(target, result) };
}

/** An empty feed is fine for a poll, since news may come, but a person who checks it should know. */
function nothingIn(target: string, { articles, refused }: { articles: readonly object[]; refused: readonly object[] }) {
  if (articles.length > 0) return undefined;
  const why = refused.length === 0 ? "has no articles" : "has no usable articles";
  return {
    code: "no-candidates",
    message: `${target} ${why}. Check that it is the right feed.`,
  };
}

async function ingestNow({ invoke, args: [source], by }: Context<object>): Promise<Output> {
  const { reports } = await invoke("ingest", { source, by });
  return { json: { reports }, text: reportsText(reports), problem: nothingRead(reports) };
}

function reportsText(reports: readonly Report[]): string {
  if (reports.length === 0)
    return "There are no sources yet. Add one with: npx --no-install broadsheet source add https://example.com/feed.xml";
  const rows = reports.map((one) => [
    one.source,
    one.outcome,
    ...[one.fresh, one.changed, one.same, one.refused.length].map(String),
    one.title,
  ]);
  const table = columns(["SOURCE", "OUTCOME", "NEW", "CHANGED", "SAME", "LEFT OUT", "TITLE"], rows);
  const failures = reports.flatMap(({ source, error }) => (error === null ? [] : [`${source}: ${error}`]));
  const left = reports.flatMap(({ source, refused }) =>
    refused.map(({ why, at }) => `${source}: left out ${at}: ${why}`),
  );
  const notes = [...failures, ...left];
  return notes.length === 0 ? table : `${table}\n\n${notes.join("\n")}`;
}

/** The command fails only if no source could be read. */
function nothingRead(reports: readonly Report[]) {
  if (reports.length === 0 || reports.some(({ outcome }) => outcome !== "failed")) return undefined;
  const all = reports.length === 1 ? "the source" : `any of the ${counted(reports.length, "source")}`;
  return { code: "fetch-failed", message: `Can't read ${all}. The table gives the reason.` };
}
