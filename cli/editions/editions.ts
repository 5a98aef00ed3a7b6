import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addEditionCommand, addExamples, type Context, groups, resolveNewsletter, runRemotely } from "../command.ts";
import { registerDeliveries } from "../delivery/deliveries.ts";
import { registerDelivery } from "../delivery/delivery.ts";
import { registerSend } from "../delivery/send.ts";
import { registerDecisions } from "../editing/decisions.ts";
import { registerWorkbench } from "../editing/workbench.ts";
import { readText, writeOutput } from "../terminal/files.ts";
import { columns, number, type Output } from "../terminal/output.ts";
import { Problem } from "../terminal/problem.ts";
import { registerApproval, registerPlan } from "./approve.ts";
import { registerCheck } from "./check.ts";
import { answersText, editionName, editionText } from "./edition-text.ts";
import { registerNote } from "./note.ts";
import { registerResults } from "./results.ts";
import { registerWeights } from "./weights.ts";
import { registerWhy } from "./why.ts";

type Dated = { date?: string };

/** Registers the commands of `edition`, in the order of its help. */
export function registerEditions(program: Command): void {
  const edition = program.command("edition").description("Make, edit, check and send an edition").helpCommand(false);
  addExamples(edition, "edition build daily", "edition send daily");
  registerMaking(edition);
  registerShowing(edition);
  registerCheck(edition);
  registerWhy(edition);
  registerResults(edition);
  registerWeights(edition);
  registerWorkbench(edition);
  registerPlan(edition);
  registerDecisions(edition);
  const test = addEditionCommand(
    edition,
    "send",
    "test [newsletter]",
    "Send the edition to one address, marked [TEST]",
  );
  test.requiredOption("--to <address>", "The address to send it to");
  addExamples(runRemotely(test, testEdition), "edition test daily --to me@example.com");
  registerApproval(edition);
  registerSend(edition);
  registerDeliveries(edition);
  registerNote(edition);
  registerDelivery(edition);
}

function registerMaking(edition: Command): void {
  const build = addEditionCommand(edition, "make", "build [newsletter]", "Draft the edition from the newest articles");
  addExamples(runRemotely(build, buildEdition), "edition build daily");
  const draft = addEditionCommand(
    edition,
    "make",
    "draft [newsletter]",
    "Make the edition from a text file: the lead's paragraphs, blank lines, then one headline on each line",
  )
    .requiredOption("--from <file>", "The text file, UTF-8; - for standard input")
    .option("--subject <subject>", "The email's subject (default: the first headline)")
    .option("--replace", "Replace the edition of that date, if there is one");
  addExamples(runRemotely(draft, draftEdition), 'edition draft daily --from digest.txt --subject "Snow at last"');
}

function registerShowing(edition: Command): void {
  const list = edition.command("list [newsletter]").helpGroup(groups.inspect).description("List the newest editions");
  addExamples(runRemotely(list, listEditions), "edition list daily");
  const show = addEditionCommand(
    edition,
    "inspect",
    "show [newsletter]",
    "Show the edition's stories, the reasons for them, and the progress of its delivery",
  )
    .option("--html <file>", "Write the email's HTML, without personal links; - for standard output")
    .option("--text <file>", "Write the email's text part; - for standard output");
  addExamples(
    runRemotely(show, showEdition),
    "edition show daily",
    "edition show daily --html edition.html --date 2026-11-23",
  );
}

async function buildEdition({ invoke, args: [given], options, by }: Context<Dated>): Promise<Output> {
  const { edition } = await invoke("build", { newsletter: await resolveNewsletter(given), date: options.date, by });
  return { json: edition, text: editionText(edition) };
}

async function showEdition({
  invoke,
  args: [given],
  options,
}: Context<Dated & { html?: string; text?: string }>): Promise<Output> {
  const { html, text } = options;
  const files = html !== undefined || text !== undefined;
  const { edition, outlook, email } = await invoke("show", {
    newsletter: await resolveNewsletter(given),
    date: options.date,
    email: files,
  });
  if (!files) return { json: { ...edition, outlook }, text: editionText(edition, outlook) };
  if (email === null) throw new Problem("wrong-state", `${editionName(edition)} has no email yet.`);
  const written = [await writeOutput(html, email.html), await writeOutput(text, email.text)].filter(
    (line) => line !== undefined,
  );
  return { json: edition, text: written.join("\n") };
}

async function listEditions({ invoke, args: [given] }: Context<object>): Promise<Output> {
  const name = await resolveNewsletter(given);
  const { editions } = await invoke("list", { newsletter: name });
  const isAnswered = editions.some(({ worth }) => worth !== null);
  const rows = editions.map((one) => [
    ...[one.date, one.state, ...readers(one)],
    ...(isAnswered ? [answersText(one)] : []),
    one.subject,
  ]);
  const head = ["DATE", "STATE", "READERS", "ACCEPTED", ...(isAnswered ? ["WORTH IT"] : []), "SUBJECT"];
  const text =
    editions.length === 0
      ? `${name} has no editions yet. Draft one with: npx --no-install broadsheet edition build ${name}`
      : columns(head, rows);
  return { json: { editions }, text };
}

const readers = ({ audience, accepted }: CommandOutput<"list">["editions"][number]) =>
  audience === 0 ? ["", ""] : [number(audience), number(accepted)];

type Draft = Dated & { from: string; subject?: string; replace?: boolean };

async function draftEdition({ invoke, args: [given], options, by }: Context<Draft>): Promise<Output> {
  const text = await readText(options.from);
  const { date, subject, replace } = options;
  const { edition } = await invoke("draft", {
    newsletter: await resolveNewsletter(given),
    date,
    text,
    subject,
    replace,
    by,
  });
  return { json: edition, text: editionText(edition) };
}

async function testEdition({ invoke, args: [given], options, by }: Context<Dated & { to: string }>): Promise<Output> {
  const { to, date } = options;
  const { messageId } = await invoke("test", { newsletter: await resolveNewsletter(given), date, to, by });
  return { json: { messageId }, text: `SES accepted a test to ${to} (message ${messageId}).` };
}
