import type { Command } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import { asks, date, examples, type Given } from "./leaf.ts";
import type { Shown } from "./output.ts";

type Story = Gives<"why">["stories"][number];

/** `edition why`: what each story's place rests on, in the edition or not. */
export function registerWhy(edition: Command): void {
  const why = edition
    .command("why <newsletter> [story...]")
    .description("why a story is in the edition or not: by number, id, address or words of its title")
    .option("--date <date>", "the edition's date (default: today's)", date);
  examples(asks(why, explain), "edition why daily", "edition why daily 3", "edition why daily harbour bridge");
}

async function explain({ door, args: [newsletter = "", ...words], options }: Given<{ date?: string }>): Promise<Shown> {
  const story = words.length === 0 ? undefined : words.join(" ");
  const why = await door("why", { newsletter, date: options.date, story });
  return { json: why, text: why.stories.map(storyText).join("\n\n") };
}

function storyText({ place, title, source, url, score, points, storyId, reasons, articles }: Story): string {
  const parts = Object.entries(points).map(([part, n]) => `${part} ${n.toFixed(2)}`);
  const sum = score === null ? null : `${score.toFixed(2)} points: ${parts.join(", ")}`;
  const same = articles.map((other) => `Told too by ${other.source}: ${other.title}`);
  const lines = [[source, storyId].filter((part) => part !== "").join(" · "), url, sum, ...reasons, ...same];
  const head = `${place === null ? "  –" : String(place).padStart(3)}  ${title === "" ? "(no headline)" : title}`;
  return [head, ...lines.filter((line) => line).map((line) => `     ${line}`)].join("\n");
}
