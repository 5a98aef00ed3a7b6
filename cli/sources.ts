import type { Command } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import { asks, examples, type Given, more, number as numberOption, shows } from "./leaf.ts";
import { columns, counted, type Shown } from "./output.ts";
import { misuse, Problem } from "./problem.ts";
import { registerSourceLists } from "./source-lists.ts";
import { sourceTable } from "./source-table.ts";

type Report = Gives<"ingest">["reports"][number];

/** `source add|key|list|remove|check|import|export` and `ingest`. */
export function registerSources(program: Command): void {
  const source = program.command("source").description("where articles come from");
  examples(source, "source add https://example.com/feed.xml", "source list");
  const add = source
    .command("add [url]")
    .description("add a feed by its web address, or a source that articles are pushed to")
    .option("--push <name>", "no feed: articles are pushed by an API client, with a key that is printed once")
    .option("--id <id>", "what it is called in commands (default: made of the address)")
    .option("--title <title>", "what readers see (default: the feed's own title)")
    .option("--weight <n>", "1 is normal, 2 counts double", numberOption);
  examples(
    asks(add, addSource),
    "source add https://example.com/feed.xml --weight 2",
    'source add --push city-desk --title "City Desk"',
  );
  const key = source.command("key <source>").description("make a new key for a source that articles are pushed to");
  examples(asks(key, renewKey), "source key city-desk");
  const list = source
    .command("list")
    .description("the sources: health, last poll, last article, and the share of its articles that editions used");
  examples(asks(list, listSources), "source list");
  const remove = source.command("remove <source>").description("stop reading a source, named by its id or address");
  examples(asks(remove, removeSource), "source remove example-com");
  const check = source
    .command("check <url-or-file>")
    .description("fetch and parse a feed without storing anything; needs no running system")
    .option("--as <url>", "where a file pretends to come from")
    .option("--allow-origin <url>", "let the fetch guard through to this private origin (may be repeated)", more, []);
  examples(
    shows(check, checkSource),
    "source check https://example.com/feed.xml",
    "source check feed.xml --as https://example.com/feed.xml",
  );
  registerSourceLists(source);
  const ingest = program.command("ingest [source]").description("poll one source or all of them now");
  examples(asks(ingest, ingestNow), "ingest", "ingest example-com");
}

type NewSource = { push?: string; id?: string; title?: string; weight?: number };

async function addSource({ door, args: [url], options, by }: Given<NewSource>): Promise<Shown> {
  const { push, id, title, weight } = options;
  if ((url === undefined) === (push === undefined) || (push !== undefined && id !== undefined)) {
    throw misuse("Give a feed's web address, or --push NAME for a source that articles are pushed to.");
  }
  if (push !== undefined) return pushed(await door("source push", { name: push, title, weight, by }));
  const { source } = await door("source add", { url: url ?? "", id, title, weight, by });
  return {
    json: source,
    text: `${source.id} is a source now: ${source.url}\nIt is polled within five minutes, or at once by: npx broadsheet ingest ${source.id}`,
  };
}

const renewKey = async ({ door, args: [source = ""], by }: Given<object>): Promise<Shown> =>
  pushed(await door("source key", { source, by }));

function pushed({ source, key, endpoint }: Gives<"source push">): Shown {
  const secret =
    key === null
      ? `It has a key already. If that is lost, make a new one by: npx broadsheet source key ${source.id}`
      : `Its key, which is shown only this once: ${key}`;
  return {
    json: { ...source, key, endpoint },
    text: `Articles for ${source.id} are pushed to ${endpoint}\n${secret}`,
  };
}

async function listSources({ door }: Given<object>): Promise<Shown> {
  const { sources } = await door("source list", {});
  const none = "There are no sources yet. Add one with: npx broadsheet source add https://example.com/feed.xml";
  return { json: { sources }, text: sources.length === 0 ? none : sourceTable(sources) };
}

async function removeSource({ door, args: [named = ""], by }: Given<object>): Promise<Shown> {
  const { source } = await door("source remove", { source: named, by });
  return { json: source, text: `${source.id} is not read any more. Its articles stay; source add brings it back.` };
}

type CheckFlags = { as?: string; allowOrigin: string[] };

async function checkSource({
  args: [target = ""],
  options,
}: Pick<Given<CheckFlags>, "args" | "options">): Promise<Shown> {
  const { checkSource: check, formatCheck } = await import("./source-check.ts");
  const { config } = await import("#broadsheet.config.ts");
  const allowOrigins = [...config.allowOrigins, ...options.allowOrigin];
  const result = await check(target, { as: options.as, allowOrigins }).catch((error: Error) => {
    throw "fault" in error ? error : new Problem("not-a-feed", error.message);
  });
  return { json: result, text: formatCheck(result), problem: nothingIn(target, result) };
}

/** A poll takes a feed without articles as it is, news may come; who checks it is to know that it gives nothing. */
function nothingIn(target: string, { articles, refused }: { articles: readonly object[]; refused: readonly object[] }) {
  if (articles.length > 0) return undefined;
  const why = refused.length === 0 ? "It has no articles" : "None of its articles can be used";
  return {
    code: "no-candidates",
    message: `${target} is a feed that gives nothing. ${why}: look whether it is the right one.`,
  };
}

async function ingestNow({ door, args: [source], by }: Given<object>): Promise<Shown> {
  const { reports } = await door("ingest", { source, by });
  return { json: { reports }, text: reportsText(reports), problem: nothingRead(reports) };
}

function reportsText(reports: readonly Report[]): string {
  if (reports.length === 0)
    return "There are no sources yet. Add one with: npx broadsheet source add https://example.com/feed.xml";
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

/** One bad source is its own matter; when nothing could be read, the command failed. */
function nothingRead(reports: readonly Report[]) {
  if (reports.length === 0 || reports.some(({ outcome }) => outcome !== "failed")) return undefined;
  const all = reports.length === 1 ? "The source" : `All ${counted(reports.length, "source")}`;
  return { code: "fetch-failed", message: `${all} could not be read.` };
}
