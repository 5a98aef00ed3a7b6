import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { addExamples, type Context, runRemotely } from "../command.ts";
import type { Output } from "../terminal/output.ts";
import { counted } from "../terminal/output.ts";
import { Problem, problemOf } from "../terminal/problem.ts";

/** Registers `source import|export`: OPML files, as feed readers exchange them. */
export function registerSourceLists(source: Command): void {
  const importing = source
    .command("import <file>")
    .description("Add all feeds of an OPML file, as feed readers export it");
  addExamples(runRemotely(importing, importSources), "source import subscriptions.opml");
  const exporting = source.command("export").description("Print the sources as an OPML file, for any feed reader");
  addExamples(runRemotely(exporting, exportSources), "source export > sources.opml");
}

/** Skips feeds that are sources already. A feed that is refused does not stop the others. */
export async function importSources({
  invoke,
  args: [file = ""],
  by,
}: Pick<Context<object>, "invoke" | "args" | "by">): Promise<Output> {
  const listed = await listIn(file);
  if (listed === undefined) {
    throw new Problem("bad-request", `${file} is not an OPML file. Export one from your feed reader.`);
  }
  const known = new Set(
    (await invoke("source list", {})).sources.flatMap(({ url, addedUrl }) => [url, addedUrl ?? url]),
  );
  const added: string[] = [];
  const refused: { url: string; why: string }[] = [];
  for (const { url, title } of listed) {
    if (known.has(url) || known.has(URL.parse(url)?.href ?? "")) continue;
    try {
      added.push((await invoke("source add", { url, title, anyway: true, by })).source.id);
    } catch (error) {
      refused.push({ url, why: problemOf(error).message });
    }
  }
  const already = listed.length - added.length - refused.length;
  const lines = [
    `${counted(added.length, "source")} added, ${already} already there. New sources are polled within five minutes.`,
    ...refused.map(({ url, why }) => `left out ${url}: ${why}`),
  ];
  const fault = { code: "bad-request", message: `Can't add ${counted(refused.length, "feed")} of ${file}.` };
  return { json: { added, already, refused }, text: lines.join("\n"), problem: refused.length > 0 ? fault : undefined };
}

export async function exportSources({ invoke }: Pick<Context<object>, "invoke">): Promise<Output> {
  const { sources } = await invoke("source list", {});
  const feeds = sources.filter(({ url }) => /^https?:/.test(url));
  const { writeOpml } = await import("./opml.ts");
  const opml = writeOpml("Sources of Broadsheet", feeds);
  return { json: { opml }, text: opml };
}

async function listIn(file: string) {
  const { readOpml } = await import("#adapters/feed-parsing/opml.ts");
  const contents = await contentsOf(file);
  try {
    return readOpml(contents);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem("bad-request", `Can't read ${file}: ${why}. Export it again from your feed reader.`);
  }
}

async function contentsOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    throw new Problem("bad-request", `Can't read ${file}. Give the path of an OPML file.`);
  }
}
