import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import { asks, date, examples, type Given, newsletter } from "./leaf.ts";
import { counted, type Shown } from "./output.ts";
import { type Fault, Problem } from "./problem.ts";

type Check = Gives<"check">["check"];
type Finding = Check["findings"][number];
type Flags = { date?: string; links: boolean; message?: string };

/** `edition check`. */
export function registerCheck(edition: Command): void {
  const check = edition
    .command("check [newsletter]")
    .description("look for what would embarrass or break in the email as it would be sent; 1 when something stops it")
    .option("--date <date>", "the edition's date (default: today's)", date)
    .option("--no-links", "do not try its links")
    .option("--message <file>", "a message as an inbox saves it (.eml): is it this edition, to the byte?");
  examples(asks(check, checkEdition), "edition check daily", "edition check daily --no-links --message got.eml");
}

async function checkEdition({ door, args: [named], options }: Given<Flags>): Promise<Shown> {
  const { date: day, links } = options;
  const message = options.message === undefined ? undefined : await readMessage(options.message);
  const { check } = await door("check", { newsletter: await newsletter(named), date: day, links, message });
  return { json: check, text: checkText(check), problem: problemIn(check) };
}

/** Each byte as a character, since a message may be in any charset. */
const readMessage = (file: string): Promise<string> =>
  readFile(file, "latin1").catch((error: Error) => {
    throw new Problem("bad-request", `${file} cannot be read: ${error.message}.`);
  });

function problemIn({ findings, message, rev }: Check): Fault | undefined {
  if (message !== null && message.rev !== rev) return { code: "conflict", message: receivedText(message, rev) };
  const blockers = findings.filter(({ level }) => level === "blocker").length;
  if (blockers === 0) return undefined;
  return { code: "blocked", message: `${counted(blockers, "blocker")}: the edition would not be sent as it is.` };
}

function receivedText({ rev, differs }: NonNullable<Check["message"]>, newest: number): string {
  if (rev === newest) return `The message is revision ${rev} of this edition, to the byte.`;
  const other = `Its ${differs.join(", ")} ${differs.length === 1 ? "is" : "are"} not as in revision ${newest}.`;
  return rev === null
    ? `The message is no revision of this edition. ${other}`
    : `The message is revision ${rev} of this edition. ${other}`;
}

/** A check as an editor reads it: what stops the edition, then what there is to know. */
export function checkText(check: Check): string {
  const { newsletter, date, rev, hash, findings, message } = check;
  const of = (level: Finding["level"]) => findings.filter((finding) => finding.level === level);
  const [blockers, warnings] = [of("blocker"), of("warning")];
  const found =
    findings.length === 0
      ? "nothing to mend"
      : `${counted(blockers.length, "blocker")}, ${counted(warnings.length, "warning")}`;
  return [
    `The edition of ${newsletter} for ${date}, revision ${rev}: ${found}`,
    `Hash  ${hash}`,
    ...(blockers.length === 0 ? [] : [listed("It is not sent as long as these stand", blockers)]),
    ...(warnings.length === 0 ? [] : [listed("Worth a look", warnings)]),
    linksText(check.links),
    ...(message?.rev === rev ? [receivedText(message, rev)] : []),
    ...(message === null || message.findings.length === 0 ? [] : [listed("Of the message", message.findings)]),
  ].join("\n\n");
}

/** What a check found of an edition that goes out all the same; nothing where it found nothing. */
export const findingsText = (findings: readonly Finding[]): string =>
  findings.length === 0 ? "" : `\n\n${listed("Worth a look", findings)}`;

const listed = (title: string, findings: readonly Finding[]): string =>
  [title, ...findings.map(({ point, message }) => `  ${point.padEnd(5)}${message}`)].join("\n");

function linksText(links: Check["links"]): string {
  if (links === null) return "Its links were not tried.";
  const working = links.filter(({ outcome }) => outcome === "works").length;
  return links.length === 0 ? "It has no links to try." : `${working} of ${counted(links.length, "link")} open.`;
}
