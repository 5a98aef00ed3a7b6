import { Argument, type Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import { columns, counted, type Output } from "../terminal/output.ts";

const queues = ["kicks", "feedback", "clock"] as const;
type QueueName = (typeof queues)[number];
const isQueue = (word: string | undefined): word is QueueName => queues.some((name) => name === word);

/** Registers `dlq list|redrive` and `double list|accept`. */
export function registerDeadLetters(program: Command): void {
  const dlq = program
    .command("dlq")
    .description("List and redrive messages that could not be processed")
    .helpCommand(false);
  addExamples(dlq, "dlq list", "dlq redrive feedback");
  const list = dlq
    .command("list")
    .description("List the messages in the dead-letter queues, with the reason")
    .addArgument(queueArgument("[queue]"));
  addExamples(runRemotely(list, listLetters), "dlq list", "dlq list feedback");
  const redrive = dlq
    .command("redrive")
    .description("Move a dead-letter queue's messages back to their own queue")
    .addArgument(queueArgument("<queue>"));
  addExamples(runRemotely(redrive, redriveLetters), "dlq redrive feedback");
  const double = program.command("double").description("List and accept double deliveries").helpCommand(false);
  addExamples(double, "double list", "double accept");
  const doubles = double.command("list").description("List the deliveries that SES accepted twice");
  addExamples(runRemotely(doubles, listDoubles), "double list");
  const accept = double
    .command("accept")
    .description("Allow automatic resends again, after you have looked into the double deliveries");
  addExamples(runRemotely(accept, acceptDoubles), "double accept");
}

const queueArgument = (name: string) => new Argument(name, "The dead-letter queue").choices(queues);

async function listLetters({ invoke, args: [queue] }: Context<object>): Promise<Output> {
  const given = await invoke("dlq list", isQueue(queue) ? { queue } : {});
  return { json: given, text: lettersText(given) };
}

function lettersText({ letters, counts }: CommandOutput<"dlq list">): string {
  if (letters.length === 0) return "The dead-letter queues are empty.";
  const rows = letters.map(({ queue, at, what, reason }) => [
    ...[queue, at.slice(0, 19).replace("T", " "), what],
    reason ?? "failed repeatedly; the log of its function has the error",
  ]);
  const more = counts.filter(({ queue, dead }) => dead > letters.filter((one) => one.queue === queue).length);
  return [
    columns(["QUEUE", "SINCE (UTC)", "MESSAGE", "REASON"], rows),
    ...more.map(({ queue, dead }) => `${queue} has ${counted(dead, "message")} in total.`),
  ].join("\n");
}

async function redriveLetters({ invoke, args: [queue], by }: Context<object>): Promise<Output> {
  const given = await invoke("dlq redrive", { queue: isQueue(queue) ? queue : "feedback", by });
  const left = given.left > 0 ? ` About ${given.left} are left: run the command again.` : "";
  return { json: given, text: `${counted(given.moved, "message")} moved back.${left}` };
}

async function listDoubles({ invoke }: Context<object>): Promise<Output> {
  const given = await invoke("double list", {});
  if (given.doubles.length === 0) return { json: given, text: "SES's events show no double delivery." };
  const rows = given.doubles.map(({ newsletter, date, batch, attempt, readers, noticedAt }) => [
    ...[noticedAt.slice(0, 19).replace("T", " "), newsletter, date, batch, String(attempt), String(readers)],
  ]);
  const state = given.resends
    ? "They were accepted: automatic resends are on."
    : "Automatic resends are off until you run: npx --no-install broadsheet double accept";
  return {
    json: given,
    text: [columns(["NOTICED (UTC)", "NEWSLETTER", "EDITION", "BATCH", "ATTEMPT", "READERS"], rows), state].join("\n"),
  };
}

async function acceptDoubles({ invoke, by }: Context<object>): Promise<Output> {
  const given = await invoke("double accept", { by });
  const text =
    given.accepted === 0
      ? "There are no double deliveries to accept."
      : `${counted(given.accepted, "double delivery", "double deliveries")} accepted. Automatic resends are on again.`;
  return { json: given, text };
}
