import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { asks, examples, type Given } from "./leaf.ts";
import { readOpml, writeOpml } from "./opml.ts";
import { counted, type Shown } from "./output.ts";
import { Problem, problemOf } from "./problem.ts";

/** `source import|export`: lists of feeds as feed readers exchange them. */
export function registerSourceLists(source: Command): void {
  const bring = source
    .command("import <file>")
    .description("add every feed of an OPML file, as feed readers export it");
  examples(asks(bring, importSources), "source import subscriptions.opml");
  const take = source.command("export").description("the sources as an OPML file, for any feed reader");
  examples(asks(take, exportSources), "source export > sources.opml");
}

/** Feeds that are sources already are left as they are. One that is refused stops no other. */
export async function importSources({
  door,
  args: [file = ""],
  by,
}: Pick<Given<object>, "door" | "args" | "by">): Promise<Shown> {
  const listed = readOpml(await contentsOf(file));
  if (listed === undefined) {
    throw new Problem("bad-request", `${file} is not an OPML file. Export one from your feed reader.`);
  }
  const known = new Set((await door("source list", {})).sources.flatMap(({ url, addedUrl }) => [url, addedUrl ?? url]));
  const added: string[] = [];
  const refused: { url: string; why: string }[] = [];
  for (const { url, title } of listed) {
    if (known.has(url) || known.has(URL.parse(url)?.href ?? "")) continue;
    try {
      added.push((await door("source add", { url, title, by })).source.id);
    } catch (error) {
      refused.push({ url, why: problemOf(error).message });
    }
  }
  const already = listed.length - added.length - refused.length;
  const lines = [
    `${counted(added.length, "source")} added, ${already} known already. They are polled within five minutes.`,
    ...refused.map(({ url, why }) => `left out ${url}: ${why}`),
  ];
  const fault = { code: "bad-request", message: `${counted(refused.length, "feed")} of ${file} could not be added.` };
  return { json: { added, already, refused }, text: lines.join("\n"), problem: refused.length > 0 ? fault : undefined };
}

export async function exportSources({ door }: Pick<Given<object>, "door">): Promise<Shown> {
  const { sources } = await door("source list", {});
  const feeds = sources.filter(({ url }) => /^https?:/.test(url));
  const opml = writeOpml("Sources of Broadsheet", feeds);
  return { json: { opml }, text: opml };
}

async function contentsOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new Problem("bad-request", `${file} cannot be read. Give the path of an OPML file.`);
  }
}
