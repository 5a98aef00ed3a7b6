import type { Command } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import { asks, date, examples, type Given, newsletter, number } from "./leaf.ts";
import { columns, counted, type Shown } from "./output.ts";
import { Problem } from "./problem.ts";

type Bench = NonNullable<Gives<"workbench">["workbench"]>;
type Other = Gives<"find">["stories"][number];
type Dated = { date?: string };

/** `edition history|changes|candidates|removed|find`: what the desk shows of an edition at work. */
export function registerWorkbench(edition: Command): void {
  const about = (words: string, description: string) =>
    edition
      .command(words)
      .description(description)
      .option("--date <date>", "the edition's date (default: today's)", date);
  const history = about("history [newsletter]", "who did what to the edition, the newest first");
  examples(asks(history, showHistory), "edition history daily");
  const changes = about(
    "changes [newsletter]",
    "what is different since a decision, by its number in the history",
  ).option("--since <decision>", "the decision's number (default: the approval's, else the first)", number);
  examples(asks(changes, showChanges), "edition changes daily --since 12");
  const candidates = about("candidates [newsletter]", "the stories that are not in, the best first, and why not");
  examples(asks(candidates, showCandidates), "edition candidates daily");
  const removed = about("removed [newsletter]", "what was taken out, and by whom");
  examples(asks(removed, showRemoved), "edition removed daily");
  const find = about("find <newsletter> <words...>", "stories of the last fortnight by words of their title");
  examples(asks(find, findStories), "edition find daily harbour bridge");
}

async function benchOf({ door, args: [named], options }: Given<Dated>, since?: number): Promise<Bench> {
  const { workbench } = await door("workbench", { newsletter: await newsletter(named), date: options.date, since });
  if (workbench === null) throw new Problem("internal", "The command function gave no answer about the edition.");
  return workbench;
}

async function showHistory(given: Given<Dated>): Promise<Shown> {
  const { log, undo, redo, timeZone } = await benchOf(given);
  const rows = log.map(({ n, at, by, text, stands }) => [
    String(n),
    clock(at, timeZone),
    by,
    `${text}${stands ? "" : " (taken back)"}`,
  ]);
  const next = [
    undo && `undo takes back that ${undo.by} ${undo.text}`,
    redo && `redo does again that ${redo.by} ${redo.text}`,
  ];
  const text = [columns(["NO", "WHEN", "WHO", "WHAT"], rows), ...next.filter((line) => line !== null)].join("\n");
  return { json: { log, undo, redo }, text: log.length === 0 ? "Nothing was done to it yet." : text };
}

async function showChanges(given: Given<Dated & { since?: number }>): Promise<Shown> {
  const since = given.options.since ?? (await benchOf(given)).approval?.n ?? 1;
  const bench = await benchOf(given, since);
  const changes = bench.since?.changes ?? { added: [], removed: [], moved: [], edited: [] };
  const lines = [
    ...changes.added.map(({ title, at }) => `added    ${title} (${placeName(at)})`),
    ...changes.removed.map(({ title, from }) => `removed  ${title} (was ${placeName(from)})`),
    ...changes.moved.map(({ title, from, at }) => `moved    ${title} (from ${placeName(from)} to ${placeName(at)})`),
    ...changes.edited.map(({ what, before, after }) => `edited   ${what}: ${before} → ${after}`),
  ];
  return { json: { since, changes }, text: lines.length === 0 ? `Nothing changed since ${since}.` : lines.join("\n") };
}

async function showCandidates(given: Given<Dated>): Promise<Shown> {
  const { candidates } = await benchOf(given);
  return { json: { candidates }, text: othersText(candidates, "Every story there is stands in the edition.") };
}

async function showRemoved(given: Given<Dated>): Promise<Shown> {
  const { removed } = await benchOf(given);
  const rows = removed.map(({ storyId, by, title, source }) => [storyId.slice(0, 8), by, source, title]);
  const text = removed.length === 0 ? "Nothing was removed." : columns(["ID", "WHO", "SOURCE", "TITLE"], rows);
  return { json: { removed }, text };
}

async function findStories({ door, args: [name = "", ...words], options }: Given<Dated>): Promise<Shown> {
  const { stories } = await door("find", { newsletter: name, date: options.date, words: words.join(" ") });
  return {
    json: { stories },
    text: othersText(stories, "No story of the last fortnight has these words in its title."),
  };
}

function othersText(stories: readonly Other[], none: string): string {
  if (stories.length === 0) return none;
  const rows = stories.map(({ storyId, score, source, title, ran }) => [
    storyId.slice(0, 8),
    score === null ? "" : score.toFixed(2),
    source,
    ran === null ? title : `${title} (ran ${ran.date})`,
  ]);
  return `${columns(["ID", "SCORE", "SOURCE", "TITLE"], rows)}\n${counted(stories.length, "story", "stories")}`;
}

const placeName = (place: number) => (place === 0 ? "the lead" : String(place));

const clock = (instant: string, timeZone: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(new Date(instant));
