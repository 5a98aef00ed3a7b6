import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import {
  addEditionCommand,
  addExamples,
  type Context,
  parsePositive,
  resolveNewsletter,
  runRemotely,
} from "../command.ts";
import { columns, counted, type Output } from "../terminal/output.ts";
import { Problem } from "../terminal/problem.ts";

type Bench = NonNullable<CommandOutput<"workbench">["workbench"]>;
type Other = CommandOutput<"find">["stories"][number];
type Dated = { date?: string };

/** Registers `edition candidates|removed|find|history|changes`: what the desk shows about an edition. */
export function registerWorkbench(edition: Command): void {
  const add = (words: string, description: string) => addEditionCommand(edition, "inspect", words, description);
  const candidates = add("candidates [newsletter]", "List the stories that are not in, best first");
  addExamples(runRemotely(candidates, showCandidates), "edition candidates daily");
  const removed = add("removed [newsletter]", "List the removed stories and who removed them");
  addExamples(runRemotely(removed, showRemoved), "edition removed daily");
  const find = add("find <newsletter> <words...>", "Find stories of the last two weeks by words of their title");
  addExamples(runRemotely(find, findStories), "edition find daily harbour bridge");
  const history = add("history [newsletter]", "List the decisions about the edition, newest first");
  addExamples(runRemotely(history, showHistory), "edition history daily");
  const changes = add("changes [newsletter]", "Show what changed since a decision").option(
    "--since <decision>",
    "The decision's number in the history (default: the approval, else the first)",
    parsePositive,
  );
  addExamples(runRemotely(changes, showChanges), "edition changes daily --since 12");
}

async function readWorkbench({ invoke, args: [given], options }: Context<Dated>, since?: number): Promise<Bench> {
  const { workbench } = await invoke("workbench", {
    newsletter: await resolveNewsletter(given),
    date: options.date,
    since,
  });
  if (workbench === null)
    throw new Problem("internal", "The command function returned no workbench. Run the command again.");
  return workbench;
}

async function showHistory(given: Context<Dated>): Promise<Output> {
  const { log, undo, redo, timeZone } = await readWorkbench(given);
  const rows = log.map(({ n, at, by, text, stands }) => [
    String(n),
    clock(at, timeZone),
    by,
    `${text}${stands ? "" : " (undone)"}`,
  ]);
  const next = [undo && `Undo: ${undo.by} ${undo.text}`, redo && `Redo: ${redo.by} ${redo.text}`];
  const text = [columns(["NO", "WHEN", "WHO", "WHAT"], rows), ...next.filter((line) => line !== null)].join("\n");
  return { json: { log, undo, redo }, text: log.length === 0 ? "There are no decisions yet." : text };
}

async function showChanges(given: Context<Dated & { since?: number }>): Promise<Output> {
  const since = given.options.since ?? (await readWorkbench(given)).approval?.n ?? 1;
  const bench = await readWorkbench(given, since);
  const changes = bench.since?.changes ?? { added: [], removed: [], moved: [], edited: [] };
  const lines = [
    ...changes.added.map(({ title, at }) => `added    ${title} (${placeName(at)})`),
    ...changes.removed.map(({ title, from }) => `removed  ${title} (was ${placeName(from)})`),
    ...changes.moved.map(({ title, from, at }) => `moved    ${title} (from ${placeName(from)} to ${placeName(at)})`),
    ...changes.edited.map(({ what, before, after }) => `edited   ${what}: ${before} → ${after}`),
  ];
  return {
    json: { since, changes },
    text: lines.length === 0 ? `Nothing changed since decision ${since}.` : lines.join("\n"),
  };
}

async function showCandidates(given: Context<Dated>): Promise<Output> {
  const { candidates } = await readWorkbench(given);
  return { json: { candidates }, text: othersText(candidates, "All stories are in the edition.") };
}

async function showRemoved(given: Context<Dated>): Promise<Output> {
  const { removed } = await readWorkbench(given);
  const rows = removed.map(({ storyId, by, title, source }) => [storyId.slice(0, 8), by, source, title]);
  const text = removed.length === 0 ? "Nothing was removed." : columns(["ID", "WHO", "SOURCE", "TITLE"], rows);
  return { json: { removed }, text };
}

async function findStories({ invoke, args: [name = "", ...words], options }: Context<Dated>): Promise<Output> {
  const { stories } = await invoke("find", { newsletter: name, date: options.date, words: words.join(" ") });
  return {
    json: { stories },
    text: othersText(stories, "No story of the last two weeks has these words in its title."),
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
