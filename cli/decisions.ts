import type { Command } from "commander";
import type { Takes } from "#functions/command/contract.ts";
import { type Edition, editionText } from "./edition-text.ts";
import { asks, date, examples, type Given, more, place } from "./leaf.ts";
import type { Shown } from "./output.ts";
import { misuse } from "./problem.ts";

type Decision = Takes<"decide">["decision"];
type Dated = { date?: string };
type Pin = Dated & { at?: number };
type Move = Dated & { to?: number };
type Skip = Dated & { reason?: string };

/** `edition pin|lead|remove|restore|add|move|rewrite|reset|skip|undo|redo`. A story is named by its number (0 is the lead) or its id. */
export function registerDecisions(edition: Command): void {
  const decision = (words: string, description: string) =>
    edition
      .command(words)
      .description(description)
      .option("--date <date>", "the edition's date (default: today's)", date);
  registerPlaces(decision);
  registerComing(decision);
  registerWords(decision);
  const undo = decision("undo <newsletter> [decision]", "take back the latest decision, or the one of that number");
  asks(undo, (given) => decide(given, undone(given)));
  examples(undo, "edition undo daily");
  const redo = decision("redo <newsletter>", "do again what was just taken back");
  asks(redo, (given) => decide(given, { do: "redo" }));
  examples(redo, "edition redo daily");
}

type Making = (words: string, description: string) => Command;
const itsPlace = "its place: 0 is the lead";

/** Which stories are in, and where. */
function registerPlaces(decision: Making): void {
  const pin = decision("pin <newsletter> <story> [at]", "keep a story in the edition, by its number or id");
  asks<Pin>(pin.option("--at <place>", itsPlace, place), (given) => decide(given, pinned(given)));
  examples(pin, "edition pin daily 3 --at 0");
  const remove = decision("remove <newsletter> <story>", "take a story out of the edition");
  asks(remove, (given) => decide(given, { do: "remove", story: storyOf(given) }));
  examples(remove, "edition remove daily 5");
  const move = decision("move <newsletter> <story> [to]", "put a story at another place");
  asks<Move>(move.option("--to <place>", itsPlace, place), (given) => decide(given, moved(given)));
  examples(move, "edition move daily 5 --to 1", "edition move daily 5 1");
}

/** What comes in, or in front. */
function registerComing(decision: Making): void {
  const lead = decision("lead <newsletter> <story>", "make a story the lead; the old lead becomes the first headline");
  asks(lead, (given) => decide(given, { do: "lead", story: storyOf(given) }));
  examples(lead, "edition lead daily 3");
  const restore = decision("restore <newsletter> <story>", "bring a removed story back to the place it had");
  asks(restore, (given) => decide(given, { do: "restore", story: storyOf(given) }));
  examples(restore, "edition restore daily https://example.com/harbour");
  const add = decision("add <newsletter> <story>", "put a story in: its address, or the id of a candidate")
    .option("--at <place>", itsPlace, place)
    .option("--title <title>", "its headline, where no source has brought that page");
  asks<Add>(add, (given) => decide(given, added(given)));
  examples(add, "edition add daily https://example.com/harbour --at 3");
}

/** What it says, or that it says nothing. */
function registerWords(decision: Making): void {
  const rewrite = decision("rewrite <newsletter> [story]", "say it in your own words: a story, or the email's subject")
    .option("--title <title>", "the story's headline")
    .option("--url <url>", "where the story leads")
    .option("--paragraph <text>", "the lead's text, a paragraph each time it is given", more, [])
    .option("--subject <subject>", "the email's subject")
    .option("--preheader <text>", "the line an inbox shows after the subject");
  asks<Rewrite>(rewrite, (given) => decide(given, rewritten(given)));
  examples(
    rewrite,
    'edition rewrite daily 0 --title "Snow at last"',
    'edition rewrite daily --subject "Snow, and what follows"',
  );
  const reset = decision("reset <newsletter> [story]", "take rewritten words back: a story's, or the email's").option(
    "--field <field>",
    "only title, url, paragraphs, subject or preheader; may be repeated",
    more,
    [],
  );
  asks<Reset>(reset, (given) => decide(given, taken(given)));
  examples(reset, "edition reset daily 0 --field title", "edition reset daily");
  const skip = decision("skip <newsletter> [reason...]", "send no edition for the date");
  asks<Skip>(skip.option("--reason <reason>", "why"), (given) => decide(given, skipped(given)));
  examples(skip, 'edition skip daily --reason "Public holiday"');
}

async function decide({ door, args: [name = ""], options, by }: Given<Dated>, decision: Decision): Promise<Shown> {
  const { edition } = await door("decide", { newsletter: name, date: options.date, decision, by });
  return { json: edition, text: decision.do === "skip" ? skipText(edition) : editionText(edition) + noted(edition) };
}

/** What is on its way is not changed by a decision alone. */
const noted = ({ state, newsletter, date }: Edition) =>
  ["freezing", "sending", "paused", "held", "halted"].includes(state)
    ? `\n\nNoted; nobody gets it yet. To send it to those who were not mailed: npx broadsheet edition correct ${newsletter} --date ${date} --decisions`
    : "";

const storyOf = ({ args: [, story = ""] }: { args: string[] }) => story;

function pinned({ args, options }: Given<Pin>): Decision {
  const at = options.at ?? placeIn(args[2]);
  return { do: "pin", story: storyOf({ args }), ...(at === undefined ? {} : { at }) };
}

function moved({ args, options }: Given<Move>): Decision {
  const to = options.to ?? placeIn(args[2]);
  if (to === undefined) throw misuse("Say where to: edition move NEWSLETTER STORY --to PLACE; 0 is the lead.");
  return { do: "move", story: storyOf({ args }), to };
}

function placeIn(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (!/^\d{1,3}$/.test(word))
    throw misuse(`"${word}" is not a place in the edition: 0 is the lead, 1 the first headline.`);
  return Number(word);
}

type Add = Dated & { at?: number; title?: string };

const added = ({ args, options: { at, title } }: Given<Add>): Decision => ({
  do: "add",
  story: storyOf({ args }),
  ...(at === undefined ? {} : { at }),
  ...(title === undefined ? {} : { title }),
});

type Reset = Dated & { field: string[] };
const fields = ["title", "url", "paragraphs", "subject", "preheader"] as const;

function taken({ args: [, story], options }: Given<Reset>): Decision {
  const named = options.field.map((name) => {
    const field = fields.find((one) => one === name);
    if (field === undefined) throw misuse(`"${name}" is no field. There are: ${fields.join(", ")}.`);
    return field;
  });
  return { do: "reset", story, ...(named.length === 0 ? {} : { fields: named }) };
}

type Rewrite = Dated & { title?: string; url?: string; paragraph: string[]; subject?: string; preheader?: string };

function rewritten({ args: [, story], options }: Given<Rewrite>): Decision {
  const { title, url, paragraph, subject, preheader } = options;
  const paragraphs = paragraph.length === 0 ? undefined : paragraph;
  const ofStory = [title, url, paragraphs].some((part) => part !== undefined);
  if (!ofStory && subject === undefined && preheader === undefined) {
    throw misuse(
      "Say what to rewrite: --title, --url or --paragraph of a story, --subject or --preheader of the edition.",
    );
  }
  if (ofStory && story === undefined) {
    throw misuse("Say which story: edition rewrite NEWSLETTER STORY --title …; its number (0 is the lead) or its id.");
  }
  return { do: "rewrite", story, title, url, paragraphs, subject, preheader };
}

function skipped({ args: [, ...words], options }: Given<Skip>): Decision {
  const reason = options.reason ?? (words.length === 0 ? undefined : words.join(" "));
  return { do: "skip", reason };
}

function undone({ args: [, number] }: Given<Dated>): Decision {
  if (number === undefined) return { do: "undo" };
  if (!/^[1-9]\d{0,4}$/.test(number)) throw misuse(`"${number}" is not the number of a decision: they count from 1.`);
  return { do: "undo", of: Number(number) };
}

const skipText = ({ newsletter, date, reason }: Edition) =>
  `The edition of ${newsletter} for ${date} is skipped${reason === null ? "" : `: ${reason}`}.`;
