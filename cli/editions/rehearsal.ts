import type { Command } from "commander";
import { addExamples, type Context, runLocally } from "../command.ts";
import type { Output } from "../terminal/output.ts";
import { editionText } from "./edition-text.ts";

type Flags = { feeds: string; at: string; out: string };

/** Registers `rehearse`. */
export function registerRehearse(program: Command): void {
  const command = program
    .command("rehearse <newsletter>")
    .description("Make an edition from a folder of feed files; works without a running system")
    .requiredOption("--feeds <dir>", "Folder with the feed files")
    .requiredOption("--at <instant>", "Date, time and zone of the edition, such as 2026-11-23T07:00:00Z")
    .requiredOption("--out <dir>", "Folder for edition.html, edition.txt and edition.json");
  addExamples(runLocally(command, rehearsal), "rehearse daily --feeds feeds --at 2026-11-23T07:00:00Z --out out");
}

async function rehearsal({
  args: [newsletter = ""],
  options,
}: Pick<Context<Flags>, "args" | "options">): Promise<Output> {
  const [{ rehearse }, { config }] = await Promise.all([import("./rehearse.ts"), import("#broadsheet.config.ts")]);
  const { feeds: feedsDir, at, out: outDir } = options;
  const { edition, files, reports } = await rehearse({ newsletter, feedsDir, at, outDir, config });
  const failures = reports.flatMap(({ error }) => (error === null ? [] : [error]));
  const text = [editionText(edition), `Wrote ${files.join(", ")}.`, ...failures].join("\n\n");
  return { json: { ...edition, files, reports }, text };
}
