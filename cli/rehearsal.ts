import type { Command } from "commander";
import { editionText } from "./edition-text.ts";
import { examples, type Given, shows } from "./leaf.ts";
import type { Shown } from "./output.ts";

type Flags = { feeds: string; at: string; out: string };

/** `rehearse`: the edition that feed files would give. */
export function registerRehearse(program: Command): void {
  const command = program
    .command("rehearse <newsletter>")
    .description("make the edition that a folder of feed files would give; needs no running system")
    .requiredOption("--feeds <dir>", "the folder with the feed files")
    .requiredOption("--at <instant>", "when, with its zone, such as 2026-11-23T07:00:00Z")
    .requiredOption("--out <dir>", "where edition.html, edition.txt and edition.json are put");
  examples(shows(command, rehearsal), "rehearse daily --feeds feeds --at 2026-11-23T07:00:00Z --out out");
}

async function rehearsal({ args: [newsletter = ""], options }: Pick<Given<Flags>, "args" | "options">): Promise<Shown> {
  const [{ rehearse }, { config }] = await Promise.all([import("./rehearse.ts"), import("#broadsheet.config.ts")]);
  const { feeds: feedsDir, at, out: outDir } = options;
  const { edition, files, reports } = await rehearse({ newsletter, feedsDir, at, outDir, config });
  const failures = reports.flatMap(({ error }) => (error === null ? [] : [error]));
  const text = [editionText(edition), `Wrote ${files.join(", ")}.`, ...failures].join("\n\n");
  return { json: { ...edition, files, reports }, text };
}
