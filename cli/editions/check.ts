import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addEditionCommand, addExamples, type Context, resolveNewsletter, runRemotely } from "../command.ts";
import type { Output } from "../terminal/output.ts";
import { counted } from "../terminal/output.ts";
import { type Fault, Problem } from "../terminal/problem.ts";
import { editionName } from "./edition-text.ts";

type Check = CommandOutput<"check">["check"];
type Finding = Check["findings"][number];
type Flags = { date?: string; links: boolean; message?: string };

/** Registers `edition check`. */
export function registerCheck(edition: Command): void {
  const check = addEditionCommand(
    edition,
    "inspect",
    "check [newsletter]",
    "Check the email for mistakes and dead links; exit 1 if something blocks sending",
  )
    .option("--no-links", "Don't try the links")
    .option("--message <file>", "Compare with a message saved from an inbox (.eml), byte by byte");
  addExamples(
    runRemotely(check, checkEdition),
    "edition check daily",
    "edition check daily --no-links --message got.eml",
  );
}

async function checkEdition({ invoke, args: [given], options }: Context<Flags>): Promise<Output> {
  const { date, links } = options;
  const message = options.message === undefined ? undefined : await readMessage(options.message);
  const { check } = await invoke("check", { newsletter: await resolveNewsletter(given), date, links, message });
  return { json: check, text: checkText(check), problem: problemIn(check) };
}

/** Reads each byte as a character, since a message can be in any charset. */
const readMessage = (file: string): Promise<string> =>
  readFile(file, "latin1").catch((error: Error) => {
    throw new Problem("bad-request", `Can't read ${file}: ${error.message}.`);
  });

function problemIn({ findings, message, rev }: Check): Fault | undefined {
  if (message !== null && message.rev !== rev) return { code: "conflict", message: receivedText(message, rev) };
  const blockers = findings.filter(({ level }) => level === "blocker").length;
  if (blockers === 0) return undefined;
  return { code: "blocked", message: `${counted(blockers, "blocker")}: the edition can't be sent like this.` };
}

function receivedText({ rev, differs }: NonNullable<Check["message"]>, newest: number): string {
  if (rev === newest) return `The message is revision ${rev} of this edition, byte for byte.`;
  const other = `It differs from revision ${newest} in: ${differs.join(", ")}.`;
  return rev === null
    ? `The message is not a revision of this edition. ${other}`
    : `The message is revision ${rev} of this edition. ${other}`;
}

/** A check for editors: blockers first, then warnings. */
function checkText(check: Check): string {
  const { rev, hash, findings, message } = check;
  const of = (level: Finding["level"]) => findings.filter((finding) => finding.level === level);
  const [blockers, warnings] = [of("blocker"), of("warning")];
  const found =
    findings.length === 0
      ? "nothing to fix"
      : `${counted(blockers.length, "blocker")}, ${counted(warnings.length, "warning")}`;
  return [
    `${editionName(check)}, revision ${rev}: ${found}`,
    `Hash  ${hash}`,
    ...(blockers.length === 0 ? [] : [listed("Blockers: fix these before sending", blockers)]),
    ...(warnings.length === 0 ? [] : [listed("Warnings", warnings)]),
    linksText(check.links),
    ...(message?.rev === rev ? [receivedText(message, rev)] : []),
    ...(message === null || message.findings.length === 0 ? [] : [listed("In the message", message.findings)]),
  ].join("\n\n");
}

/** The findings of an approved edition; empty if there are none. */
export const findingsText = (findings: readonly Finding[]): string =>
  findings.length === 0 ? "" : `\n\n${listed("Warnings", findings)}`;

const listed = (title: string, findings: readonly Finding[]): string =>
  [title, ...findings.map(({ point, message }) => `  ${point.padEnd(5)}${message}`)].join("\n");

function linksText(links: Check["links"]): string {
  if (links === null) return "Its links were not checked.";
  const working = links.filter(({ outcome }) => outcome === "works").length;
  return links.length === 0 ? "It has no links to check." : `${working} of ${counted(links.length, "link")} work.`;
}
