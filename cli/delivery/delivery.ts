import { type Command, Option } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addEditionCommand, addExamples, type Context, resolveNewsletter, runRemotely } from "../command.ts";
import { because, countsText, type Edition, editionName } from "../editions/edition-text.ts";
import { readText } from "../terminal/files.ts";
import type { Output } from "../terminal/output.ts";
import { counted, number } from "../terminal/output.ts";
import { misuse } from "../terminal/problem.ts";

type Dated = { date?: string };

/** Registers `edition pause|resume|cancel|correct|resolve|retry`. */
export function registerDelivery(edition: Command): void {
  const add = (words: string, description: string) => addEditionCommand(edition, "deliver", words, description);
  registerStops(add);
  registerRepairs(add);
}

type AddCommand = (words: string, description: string) => Command;

function registerStops(add: AddCommand): void {
  const pause = add("pause [newsletter]", "Stop sending until you resume; calls to SES that have started still finish");
  addExamples(runRemotely(pause, pauseEdition), "edition pause daily");
  const resume = add(
    "resume [newsletter]",
    "Resume a paused, held or halted edition; it is held again if the cause remains",
  );
  resume.option("--anyway", "Resume even if it is late, would finish late, or its first deliveries bounced");
  addExamples(runRemotely(resume, resumeEdition), "edition resume daily", "edition resume daily --anyway");
  const cancel = add("cancel [newsletter]", "End the edition for good; calls to SES that have started still finish");
  addExamples(runRemotely(cancel, cancelEdition), "edition cancel daily");
}

function registerRepairs(add: AddCommand): void {
  const correct = add("correct [newsletter]", "Send a new revision to the readers who are still waiting")
    .option("--from <file>", "Take it from a plain-text digest, UTF-8; - for standard input")
    .option("--subject <subject>", "With --from: the email's subject")
    .option("--decisions", "Take it from the edition's stories, with the decisions made since it went out");
  addExamples(
    runRemotely(correct, correctEdition),
    "edition correct daily --decisions",
    "edition correct daily --from digest.txt",
  );
  const resolve = add(
    "resolve [newsletter]",
    "Decide about deliveries that are held, or unknown because SES didn't answer",
  )
    .option("--call <id>", "Only this call to SES, as edition calls shows it")
    .option("--batch <id>", "Only this batch, by the first characters that edition deliveries shows")
    .option("--all", "All of them")
    .addOption(
      new Option("--as <outcome>", "delivered: the reader has it; resend: send it again")
        .choices(["delivered", "resend"])
        .makeOptionMandatory(),
    );
  addExamples(
    runRemotely(resolve, resolveDeliveries),
    "edition resolve daily --call 3f9ac1d2.1 --as delivered",
    "edition resolve daily --all --as resend",
  );
  const retry = add("retry [newsletter]", "Retry deliveries that SES rejected three times with a transient error");
  addExamples(runRemotely(retry, retryDeliveries), "edition retry daily");
}

async function pauseEdition({ invoke, args: [given], options, by }: Context<Dated>): Promise<Output> {
  const paused = await invoke("pause", { newsletter: await resolveNewsletter(given), date: options.date, by });
  const { newsletter, date } = paused.edition;
  const how = `Resume with: npx --no-install broadsheet edition resume ${newsletter} --date ${date}`;
  return { json: document(paused), text: `${editionName(paused.edition)} is paused. ${progressText(paused)}\n${how}` };
}

async function cancelEdition({ invoke, args: [given], options, by }: Context<Dated>): Promise<Output> {
  const cancelled = await invoke("cancel", { newsletter: await resolveNewsletter(given), date: options.date, by });
  return {
    json: document(cancelled),
    text: `${editionName(cancelled.edition)} is cancelled. ${progressText(cancelled)}`,
  };
}

const document = ({ edition, onTheirWay }: CommandOutput<"pause">) => ({ ...edition, onTheirWay });

/** `SES accepted it for 12 readers, up to 28 are being sent, 960 are waiting.` */
function progressText({ edition, onTheirWay }: CommandOutput<"pause">): string {
  const { accepted, waiting, failed, unknown } = edition.counts;
  const left = Math.max(0, waiting + failed - onTheirWay);
  const parts = [
    accepted + unknown + onTheirWay === 0 ? "Nothing was sent" : `SES accepted it for ${counted(accepted, "reader")}`,
    ...(unknown === 0 ? [] : [`${number(unknown)} are unknown and may have it`]),
    ...(onTheirWay === 0 ? [] : [`up to ${number(onTheirWay)} are being sent now`]),
    ...(left === 0 ? [] : [`${number(left)} ${edition.state === "cancelled" ? "won't get it" : "are waiting"}`]),
  ];
  return `${parts.join(", ")}.`;
}

async function resumeEdition({
  invoke,
  args: [given],
  options,
  by,
}: Context<Dated & { anyway?: boolean }>): Promise<Output> {
  const anyway = options.anyway === true;
  const request = { newsletter: await resolveNewsletter(given), date: options.date, anyway, by };
  const { edition } = await invoke("resume", request);
  return resumedOutput(edition);
}

/** An edition that is held again at once is a problem. */
function resumedOutput(edition: Edition): Output {
  const { state, reason, counts } = edition;
  if (state === "held" || state === "halted" || state === "cancelled") {
    const message = `${editionName(edition)} is ${state}${because(reason)}. ${countsText({ counts, state })}.`;
    return { json: edition, text: "", problem: { code: "delivery-problem", message } };
  }
  const now = state === "sending" || state === "freezing" ? "is being sent again" : `is ${state}`;
  return { json: edition, text: `${editionName(edition)} ${now}. ${countsText({ counts, state })}.` };
}

type Correcting = Dated & { from?: string; subject?: string; decisions?: boolean };

async function correctEdition({ invoke, args: [given], options, by }: Context<Correcting>): Promise<Output> {
  const { date, from, subject, decisions } = options;
  if ((from === undefined) === (decisions !== true)) throw misuse("Give either --from FILE or --decisions.");
  const text = from === undefined ? undefined : await readText(from);
  const { edition } = await invoke("correct", { newsletter: await resolveNewsletter(given), date, text, subject, by });
  const { rev, counts, state } = edition;
  const had = counts.accepted + counts.unknown;
  const others = had === 0 ? "" : ` ${counted(had, "reader")} got an earlier revision, or may have.`;
  const how = state === "sending" || state === "freezing" ? "" : ` It is ${state}${because(edition.reason)}.`;
  const waiting = counted(counts.waiting + counts.failed, "waiting reader");
  return {
    json: edition,
    text: `${editionName(edition)} is corrected: revision ${rev} goes to ${waiting}.${others}${how}`,
  };
}

type Resolving = Dated & { call?: string; batch?: string; all?: boolean; as: "delivered" | "resend" };

async function resolveDeliveries({ invoke, args: [given], options, by }: Context<Resolving>): Promise<Output> {
  const { date, batch, call, as } = options;
  const request = { newsletter: await resolveNewsletter(given), date, batch, call, all: options.all === true, as, by };
  const result = await invoke("resolve", request);
  const count = counted(result.resolved, "delivery", "deliveries");
  const done = as === "delivered" ? `${count} marked as delivered.` : `${count} will be sent again.`;
  return decidedOutput(result.edition, result, `${done}${laterText(result)}`);
}

/** Which batches can't be sent again yet, since SES's events about them may still come. */
function laterText({ later }: CommandOutput<"resolve">): string {
  const first = later.map(({ from }) => from).toSorted()[0];
  if (first === undefined) return "";
  const some = later.map(({ batch }) => batch).slice(0, 5);
  return ` ${counted(later.length, "batch", "batches")} can't be sent again before ${minute(first)}: ${some.join(", ")}.`;
}

async function retryDeliveries({ invoke, args: [given], options, by }: Context<Dated>): Promise<Output> {
  const result = await invoke("retry", { newsletter: await resolveNewsletter(given), date: options.date, by });
  return decidedOutput(result.edition, result, `${counted(result.retried, "delivery", "deliveries")} will be retried.`);
}

/** The decision was carried out; the edition can still wait for others, so its state isn't a problem. */
function decidedOutput(edition: Edition, json: object, done: string): Output {
  const { state, reason, counts } = edition;
  return {
    json,
    text: `${done} ${editionName(edition)} is ${state}${because(reason)}. ${countsText({ counts, state })}.`,
  };
}

const minute = (instant: string) => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
