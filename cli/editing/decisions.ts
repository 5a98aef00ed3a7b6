import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addEditionCommand, addExamples, type Context, collect, parsePosition, runRemotely } from "../command.ts";
import { misuse } from "../terminal/problem.ts";
import { type AddCommand, type Dated, type Decision, decide, storyOf } from "./decide.ts";
import { registerPictures } from "./pictures.ts";
import { registerStories } from "./stories.ts";

type Pin = Dated & { at?: number };
type Move = Dated & { to?: number };
type Skip = Dated & { reason?: string };

/** Registers `edition skip|lead|pin|move|remove|restore|add|rewrite|summary|picture|split|join|reset|undo|redo`. */
export function registerDecisions(edition: Command): void {
  const add: AddCommand = (words, description, group = "edit") => addEditionCommand(edition, group, words, description);
  registerSkip(add);
  registerPositions(add);
  registerAdditions(add);
  registerTexts(add);
  registerPictures(add);
  registerStories(add);
  const undo = add("undo <newsletter> [decision]", "Undo the latest decision, or the one with this number");
  runRemotely(undo, (context) => decide(context, undone(context)));
  addExamples(undo, "edition undo daily", "edition undo daily 12");
  const redo = add("redo <newsletter>", "Redo the decision that was undone last");
  runRemotely(redo, (context) => decide(context, { do: "redo" }));
  addExamples(redo, "edition redo daily");
}

const positionHelp = "Its position: 0 is the lead, 1 the first headline";

function registerSkip(add: AddCommand): void {
  const skip = add("skip <newsletter> [reason...]", "Send no edition for the date", "make");
  runRemotely<Skip>(skip.option("--reason <reason>", "Why, for the log"), (context) =>
    decide(context, skipped(context)),
  );
  addExamples(skip, 'edition skip daily --reason "Public holiday"');
}

/** Commands about the order. A story is identified by its position (0 is the lead) or its id. */
function registerPositions(add: AddCommand): void {
  const lead = add("lead <newsletter> <story>", "Make a story the lead; the old lead becomes the first headline");
  runRemotely(lead, (context) => decide(context, { do: "lead", story: storyOf(context) }));
  addExamples(lead, "edition lead daily 3");
  const pin = add("pin <newsletter> <story> [at]", "Keep a story in the edition, by its number or id");
  runRemotely<Pin>(pin.option("--at <position>", positionHelp, parsePosition), (context) =>
    decide(context, pinned(context)),
  );
  addExamples(pin, "edition pin daily 3 --at 0");
  const move = add("move <newsletter> <story> [to]", "Move a story to another position");
  runRemotely<Move>(move.option("--to <position>", positionHelp, parsePosition), (context) =>
    decide(context, moved(context)),
  );
  addExamples(move, "edition move daily 5 --to 1", "edition move daily 5 1");
}

/** Commands that remove and add stories. */
function registerAdditions(add: AddCommand): void {
  const remove = add("remove <newsletter> <story>", "Remove a story from the edition");
  runRemotely(remove, (context) => decide(context, { do: "remove", story: storyOf(context) }));
  addExamples(remove, "edition remove daily 5");
  const restore = add("restore <newsletter> <story>", "Restore a removed story to its old position");
  runRemotely(restore, (context) => decide(context, { do: "restore", story: storyOf(context) }));
  addExamples(restore, "edition restore daily https://example.com/harbour");
  const addition = add("add <newsletter> <story>", "Add a story: its web address, or the id of a candidate")
    .option("--at <position>", positionHelp, parsePosition)
    .option("--fetch", "Take headline, source, summary and picture from the page, if none of the sources has it")
    .option("--title <title>", "Its headline, if none of the sources has the page")
    .option("--source <name>", "The name of its source")
    .option("--summary <text>", "One sentence about it");
  runRemotely<Add>(addition, async (context) => decide(context, await added(context)));
  addExamples(
    addition,
    "edition add daily https://example.com/harbour --at 3",
    "edition add daily https://example.com/harbour --fetch",
  );
}

/** Commands about texts. */
function registerTexts(add: AddCommand): void {
  const rewrite = add(
    "rewrite <newsletter> [story]",
    "Replace a story's headline, link or text, or the email's subject",
  )
    .option("--title <title>", "The story's headline")
    .option("--url <url>", "The story's link")
    .option("--paragraph <text>", "A paragraph of the lead; repeat it for more", collect, [])
    .option("--subject <subject>", "The email's subject")
    .option("--preheader <text>", "The preview text that an inbox shows after the subject");
  runRemotely<Rewrite>(rewrite, (context) => decide(context, rewritten(context)));
  addExamples(
    rewrite,
    'edition rewrite daily 0 --title "Snow at last"',
    'edition rewrite daily --subject "Snow, and what follows"',
  );
  const summary = add("summary <newsletter> <story> [text...]", "Write the sentence under a headline, or drop it");
  runRemotely<Summary>(summary.option("--drop", "Show the headline without a sentence"), (context) =>
    decide(context, summarised(context)),
  );
  addExamples(
    summary,
    'edition summary daily 1 "The first boat since 2017 leaves on Friday."',
    "edition summary daily 2 --drop",
    "edition reset daily 1 --field summary",
  );
  const reset = add("reset <newsletter> [story]", "Restore the original words of a story, or of the email").option(
    "--field <field>",
    "Only title, url, paragraphs, summary, picture, subject or preheader; can be repeated",
    collect,
    [],
  );
  runRemotely<Reset>(reset, (context) => decide(context, resetOf(context)));
  addExamples(reset, "edition reset daily 0 --field title", "edition reset daily");
}

function pinned({ args, options }: Context<Pin>): Decision {
  const at = options.at ?? positionIn(args[2]);
  return { do: "pin", story: storyOf({ args }), ...(at === undefined ? {} : { at }) };
}

function moved({ args, options }: Context<Move>): Decision {
  const to = options.to ?? positionIn(args[2]);
  if (to === undefined) throw misuse("Where to? edition move NEWSLETTER STORY --to POSITION; 0 is the lead.");
  return { do: "move", story: storyOf({ args }), to };
}

function positionIn(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (!/^\d{1,3}$/.test(word)) throw misuse(`"${word}" is not a position: 0 is the lead, 1 the first headline.`);
  return Number(word);
}

type Add = Dated & { at?: number; title?: string; source?: string; summary?: string; fetch?: boolean };

/** Given values override the page's. */
async function added({ args, options, invoke }: Context<Add>): Promise<Decision> {
  const { at, title, source, summary, fetch } = options;
  const story = storyOf({ args });
  const own = Object.entries({ at, title, source, summary }).filter(([, value]) => value !== undefined);
  const page = fetch ? (await invoke("page", { url: story })).page : undefined;
  return { do: "add", story, ...(page && factsOf(page)), ...Object.fromEntries(own) };
}

const factsOf = ({ title, source, summary, image }: CommandOutput<"page">["page"]) => ({
  title,
  ...(source === "" ? {} : { source }),
  ...(summary === "" ? {} : { summary }),
  ...(image === null ? {} : { image }),
});

type Reset = Dated & { field: string[] };
const fields = ["title", "url", "paragraphs", "summary", "picture", "subject", "preheader"] as const;

function resetOf({ args: [, story], options }: Context<Reset>): Decision {
  const given = options.field.map((name) => {
    const field = fields.find((one) => one === name);
    if (field === undefined) throw misuse(`"${name}" is not a field. Use one of: ${fields.join(", ")}.`);
    return field;
  });
  return { do: "reset", story, ...(given.length === 0 ? {} : { fields: given }) };
}

type Rewrite = Dated & { title?: string; url?: string; paragraph: string[]; subject?: string; preheader?: string };

function rewritten({ args: [, story], options }: Context<Rewrite>): Decision {
  const { title, url, paragraph, subject, preheader } = options;
  const paragraphs = paragraph.length === 0 ? undefined : paragraph;
  const ofStory = [title, url, paragraphs].some((part) => part !== undefined);
  if (!ofStory && subject === undefined && preheader === undefined) {
    throw misuse(
      "What should change? Give --title, --url or --paragraph for a story, or --subject or --preheader for the email.",
    );
  }
  if (ofStory && story === undefined) {
    throw misuse("Which story? edition rewrite NEWSLETTER STORY --title …; use its number (0 is the lead) or its id.");
  }
  return { do: "rewrite", story, title, url, paragraphs, subject, preheader };
}

type Summary = Dated & { drop?: boolean };

function summarised({ args: [, story = "", ...words], options }: Context<Summary>): Decision {
  const text = words.join(" ");
  if (options.drop === true && text === "") return { do: "summary", story, text: null };
  if (options.drop === true || text === "") {
    throw misuse('Give either the sentence or --drop: edition summary NEWSLETTER STORY "One sentence."');
  }
  return { do: "summary", story, text };
}

function skipped({ args: [, ...words], options }: Context<Skip>): Decision {
  const reason = options.reason ?? (words.length === 0 ? undefined : words.join(" "));
  return { do: "skip", reason };
}

function undone({ args: [, number] }: Context<Dated>): Decision {
  if (number === undefined) return { do: "undo" };
  if (!/^[1-9]\d{0,4}$/.test(number))
    throw misuse(`"${number}" is not a decision's number. edition history NEWSLETTER lists them.`);
  return { do: "undo", of: Number(number) };
}
