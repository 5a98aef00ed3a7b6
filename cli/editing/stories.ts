import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import { columns, type Output } from "../terminal/output.ts";
import { type AddCommand, type Dated, decide, storyOf } from "./decide.ts";

/** Registers `edition split|join|story`: which articles tell one story. */
export function registerStories(add: AddCommand): void {
  const split = add(
    "split <newsletter> <story> <articles...>",
    "Take articles out of a story, into a story of their own",
  );
  runRemotely<Dated>(split, (context) =>
    decide(context, { do: "split", story: storyOf(context), articles: context.args.slice(2) }),
  );
  addExamples(split, "edition split daily 3 2", "edition split daily 3 https://example.com/harbour");
  const join = add("join <newsletter> <story> <other>", "Join two stories about the same news");
  runRemotely<Dated>(join, (context) =>
    decide(context, { do: "join", story: storyOf(context), other: context.args[2] ?? "" }),
  );
  addExamples(join, "edition join daily 3 7");
  const story = add("story <newsletter> <story>", "Show a story's articles and pictures", "inspect");
  addExamples(runRemotely(story, showStory), "edition story daily 3");
}

async function showStory(context: Context<Dated>): Promise<Output> {
  const { invoke, args, options } = context;
  const [newsletter = ""] = args;
  const { story } = await invoke("story", { newsletter, date: options.date, story: storyOf(context) });
  return { json: story, text: storyText(story) };
}

function storyText({ title, place, articles, pictures, image }: CommandOutput<"story">["story"]): string {
  const where = place === null ? "not in the edition" : place === 0 ? "the lead" : `headline ${place}`;
  const articleRows = articles.map((one, i) => [
    String(i + 1),
    one.source,
    `${one.title}${one.isShown ? " (shown)" : ""}`,
    one.url ?? "",
  ]);
  const pictureRows = pictures.map(({ image: { url, alt }, source }, i) => [
    String(i + 1),
    source,
    `${alt === "" ? "no text" : alt}${image?.url === url ? " (shown)" : ""}`,
    url,
  ]);
  return [
    `${title}: ${where}`,
    columns(["NO", "SOURCE", "ARTICLE", "ADDRESS"], articleRows),
    pictures.length === 0 ? "It has no pictures." : columns(["NO", "SOURCE", "PICTURE", "ADDRESS"], pictureRows),
  ].join("\n\n");
}
