import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import { registerCheck } from "./check.ts";
import { editionText } from "./edition-text.ts";
import { asks, date, examples, type Given, newsletter } from "./leaf.ts";
import { columns, number, type Shown } from "./output.ts";
import { Problem } from "./problem.ts";

type Dated = { date?: string };

/** `edition build|show|check|list|draft|test`; gives the group, for others to add to. */
export function registerEditions(program: Command): Command {
  const edition = program.command("edition").description("one newsletter's email for one date");
  examples(edition, "edition build daily", "edition send daily");
  const dated = (command: Command) => command.option("--date <date>", "the edition's date (default: today's)", date);
  const build = dated(edition.command("build [newsletter]")).description(
    "draft the edition from the articles that came in",
  );
  examples(asks(build, buildEdition), "edition build daily");
  const show = dated(edition.command("show [newsletter]"))
    .description("what is in the edition, why, and how far its delivery is")
    .option(
      "--html <file>",
      "write the email's HTML as readers get it, but for the personal links; - for standard output",
    )
    .option("--text <file>", "write its text part");
  examples(asks(show, showEdition), "edition show daily", "edition show daily --html edition.html --date 2026-11-23");
  registerCheck(edition);
  const list = edition.command("list [newsletter]").description("the newest editions");
  examples(asks(list, listEditions), "edition list daily");
  const draft = dated(edition.command("draft [newsletter]"))
    .description("make the edition from a plain-text digest: the lead's paragraphs, blank lines, one headline a line")
    .requiredOption("--from <file>", "the digest, UTF-8; - for standard input")
    .option("--subject <subject>", "the email's subject (default: the newsletter's name and the date)")
    .option("--replace", "also when there is an edition for the date");
  examples(asks(draft, draftEdition), 'edition draft daily --from digest.txt --subject "Snow at last"');
  const test = dated(edition.command("test [newsletter]"))
    .description("mail the edition to one address, marked [TEST]")
    .requiredOption("--to <address>", "who gets it");
  examples(asks(test, testEdition), "edition test daily --to me@example.com");
  return edition;
}

async function buildEdition({ door, args: [named], options, by }: Given<Dated>): Promise<Shown> {
  const { edition } = await door("build", { newsletter: await newsletter(named), date: options.date, by });
  return { json: edition, text: editionText(edition) };
}

async function showEdition({
  door,
  args: [named],
  options,
}: Given<Dated & { html?: string; text?: string }>): Promise<Shown> {
  const { html, text } = options;
  const files = html !== undefined || text !== undefined;
  const { edition, email } = await door("show", {
    newsletter: await newsletter(named),
    date: options.date,
    email: files,
  });
  if (!files) return { json: edition, text: editionText(edition) };
  if (email === null)
    throw new Problem("wrong-state", `The edition of ${edition.newsletter} for ${edition.date} has no email yet.`);
  const written = [await write(html, email.html), await write(text, email.text)].filter((line) => line !== undefined);
  return { json: edition, text: written.join("\n") };
}

/** Gives what to say about it; nothing where the file is standard output. */
async function write(file: string | undefined, content: string): Promise<string | undefined> {
  if (file === undefined) return undefined;
  if (file === "-") {
    process.stdout.write(content);
    return undefined;
  }
  await writeFile(file, content).catch((error: NodeJS.ErrnoException) => {
    throw new Problem("bad-request", `${file} cannot be written: ${whyOf(error)}.`);
  });
  return `Wrote ${file}, ${number(Buffer.byteLength(content))} bytes.`;
}

async function listEditions({ door, args: [named] }: Given<object>): Promise<Shown> {
  const name = await newsletter(named);
  const { editions } = await door("list", { newsletter: name });
  const rows = editions.map((one) => [one.date, one.state, ...readers(one), one.subject]);
  const text =
    editions.length === 0
      ? `${name} has no editions yet. Draft one with: npx broadsheet edition build ${name}`
      : columns(["DATE", "STATE", "READERS", "ACCEPTED", "SUBJECT"], rows);
  return { json: { editions }, text };
}

const readers = ({ audience, accepted }: Gives<"list">["editions"][number]) =>
  audience === 0 ? ["", ""] : [number(audience), number(accepted)];

type Draft = Dated & { from: string; subject?: string; replace?: boolean };

async function draftEdition({ door, args: [named], options, by }: Given<Draft>): Promise<Shown> {
  const text = await readText(options.from);
  const { date, subject, replace } = options;
  const { edition } = await door("draft", { newsletter: await newsletter(named), date, text, subject, replace, by });
  return { json: edition, text: editionText(edition) };
}

/** A file of UTF-8 text. @throws Problem saying what is wrong with it */
export async function readText(file: string): Promise<string> {
  const bytes = await (file === "-" ? readInput() : readFile(file)).catch((error: NodeJS.ErrnoException) => {
    throw new Problem("bad-request", `${file} cannot be read: ${whyOf(error)}.`);
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("bad-request", `${file} is not UTF-8 text. Save it as UTF-8 and try again.`);
  }
}

async function readInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file or folder",
  EISDIR: "it is a folder",
  EACCES: "you are not allowed to",
  ENOTDIR: "a part of its path is not a folder",
};
const whyOf = ({ code, message }: NodeJS.ErrnoException) => reasons[code ?? ""] ?? message;

async function testEdition({ door, args: [named], options, by }: Given<Dated & { to: string }>): Promise<Shown> {
  const { to, date } = options;
  const { messageId } = await door("test", { newsletter: await newsletter(named), date, to, by });
  return { json: { messageId }, text: `A test is on its way to ${to} (${messageId}).` };
}
