import { addExamples, type Context, runRemotely } from "../command.ts";
import { misuse } from "../terminal/problem.ts";
import { type AddCommand, type Dated, type Decision, decide, storyOf } from "./decide.ts";

type Picture = Dated & { drop?: boolean; focus?: string; alt?: string };

/** Registers `edition picture`. */
export function registerPictures(add: AddCommand): void {
  const picture = add(
    "picture <newsletter> <story> [picture]",
    "Choose a story's picture, crop it or describe it; edition story lists the pictures",
  )
    .option("--drop", "Show the story without a picture")
    .option("--focus <x,y>", "Point that a crop keeps, in percent from the left and the top; auto finds it")
    .option("--alt <text>", "What it shows, for readers who don't see it");
  runRemotely<Picture>(picture, (context) => decide(context, pictured(context)));
  addExamples(
    picture,
    "edition picture daily 0 2",
    'edition picture daily 0 --focus 70,30 --alt "The ferry in the harbour"',
    "edition picture daily 1 --drop",
    "edition reset daily 0 --field picture",
  );
}

function pictured({ args, options: { drop, focus, alt } }: Context<Picture>): Decision {
  const [, , name] = args;
  if (drop === true && name !== undefined) throw misuse("Give either a picture or --drop.");
  if (drop !== true && name === undefined && focus === undefined && alt === undefined) {
    throw misuse("Say which picture, or use --drop, --focus or --alt: edition picture NEWSLETTER STORY 2");
  }
  return {
    do: "picture",
    story: storyOf({ args }),
    ...(drop === true ? { picture: null } : name === undefined ? {} : { picture: name }),
    ...(focus === undefined ? {} : { focus: focusIn(focus) }),
    ...(alt === undefined ? {} : { alt }),
  };
}

function focusIn(text: string): { x: number; y: number } | null {
  if (text === "auto") return null;
  const [, x, y] = /^(\d{1,3}),(\d{1,3})$/.exec(text) ?? [];
  if (x === undefined || y === undefined || Number(x) > 100 || Number(y) > 100) {
    throw misuse(`"${text}" is not a focus. Use two numbers from 0 to 100, such as 70,30, or auto.`);
  }
  return { x: Number(x), y: Number(y) };
}
