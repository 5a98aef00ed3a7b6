import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addEditionCommand, addExamples, type Context, runRemotely } from "../command.ts";
import type { Output } from "../terminal/output.ts";

type Story = CommandOutput<"why">["stories"][number];

/** Registers `edition why`. */
export function registerWhy(edition: Command): void {
  const why = addEditionCommand(
    edition,
    "inspect",
    "why <newsletter> [story...]",
    "Explain why a story is in the edition or not; name it by number, id, address or words of its title",
  );
  addExamples(
    runRemotely(why, explain),
    "edition why daily",
    "edition why daily 3",
    "edition why daily harbour bridge",
  );
}

async function explain({
  invoke,
  args: [newsletter = "", ...words],
  options,
}: Context<{ date?: string }>): Promise<Output> {
  const story = words.length === 0 ? undefined : words.join(" ");
  const why = await invoke("why", { newsletter, date: options.date, story });
  return { json: why, text: why.stories.map(storyText).join("\n\n") };
}

function storyText({ place, title, source, url, score, points, storyId, reasons, articles }: Story): string {
  const parts = Object.entries(points).map(([part, n]) => `${part} ${n.toFixed(2)}`);
  const sum = score === null ? null : `${score.toFixed(2)} points: ${parts.join(", ")}`;
  const same = articles.map((other) => `Also in ${other.source}: ${other.title}`);
  const lines = [[source, storyId].filter((part) => part !== "").join(" · "), url, sum, ...reasons, ...same];
  const head = `${place === null ? "  –" : String(place).padStart(3)}  ${title === "" ? "(no headline)" : title}`;
  return [head, ...lines.filter((line) => line).map((line) => `     ${line}`)].join("\n");
}
