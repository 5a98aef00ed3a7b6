import { Argument, type Command } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import { asks, examples, type Given } from "./leaf.ts";
import { columns, counted, type Shown } from "./output.ts";

const queues = ["kicks", "feedback", "clock"] as const;
type QueueName = (typeof queues)[number];
const isQueue = (word: string | undefined): word is QueueName => queues.some((name) => name === word);

/** `dlq list|redrive` and `double list|accept`. */
export function registerDeadLetters(program: Command): void {
  const dlq = program.command("dlq").description("what could not be taken in, and why");
  examples(dlq, "dlq list", "dlq redrive feedback");
  const list = dlq.command("list").description("messages in the dead-letter queues").addArgument(queue("[queue]"));
  examples(asks(list, listLetters), "dlq list", "dlq list feedback");
  const redrive = dlq
    .command("redrive")
    .description("bring them back to where they came from")
    .addArgument(queue("<queue>"));
  examples(asks(redrive, redriveLetters), "dlq redrive feedback");
  const double = program.command("double").description("readers whom SES accepted twice");
  examples(double, "double list", "double accept");
  examples(asks(double.command("list").description("all there ever were"), listDoubles), "double list");
  const accept = double
    .command("accept")
    .description("you looked into them: batches may be sent again on evidence from now on");
  examples(asks(accept, acceptDoubles), "double accept");
}

const queue = (name: string) => new Argument(name, "kicks, feedback or clock").choices(queues);

async function listLetters({ door, args: [named] }: Given<object>): Promise<Shown> {
  const given = await door("dlq list", isQueue(named) ? { queue: named } : {});
  return { json: given, text: lettersText(given) };
}

function lettersText({ letters, counts }: Gives<"dlq list">): string {
  if (letters.length === 0) return "No message is dead.";
  const rows = letters.map(({ queue: name, at, what, reason }) => [
    ...[name, at.slice(0, 19).replace("T", " "), what],
    reason ?? "failed again and again; its function's log says why",
  ]);
  const more = counts.filter(({ queue: name, dead }) => dead > letters.filter((one) => one.queue === name).length);
  return [
    columns(["queue", "since (UTC)", "what", "why"], rows),
    ...more.map(({ queue: name, dead }) => `${counted(dead, "message")} in all in ${name}.`),
  ].join("\n");
}

async function redriveLetters({ door, args: [named], by }: Given<object>): Promise<Shown> {
  const given = await door("dlq redrive", { queue: isQueue(named) ? named : "feedback", by });
  const left = given.left > 0 ? ` About ${given.left} are left: run it again.` : "";
  return { json: given, text: `${counted(given.moved, "message")} brought back.${left}` };
}

async function listDoubles({ door }: Given<object>): Promise<Shown> {
  const given = await door("double list", {});
  if (given.doubles.length === 0) return { json: given, text: "SES accepted nobody twice, as far as its events say." };
  const rows = given.doubles.map(({ newsletter, date, batch, attempt, readers, noticedAt }) => [
    ...[noticedAt.slice(0, 19).replace("T", " "), newsletter, date, batch, String(attempt), String(readers)],
  ]);
  const state = given.resends
    ? "They were looked into: batches may be sent again on evidence."
    : "No batch is sent again on evidence until: npx broadsheet double accept";
  return {
    json: given,
    text: [columns(["noticed (UTC)", "newsletter", "edition", "batch", "attempt", "readers"], rows), state].join("\n"),
  };
}

async function acceptDoubles({ door, by }: Given<object>): Promise<Shown> {
  const given = await door("double accept", { by });
  const text =
    given.accepted === 0
      ? "There is nothing to accept."
      : `${counted(given.accepted, "double")} accepted: batches may be sent again on evidence.`;
  return { json: given, text };
}
