import { type Command, Option } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import { because, countsText, type Edition } from "./edition-text.ts";
import { readText } from "./editions.ts";
import { asks, date, examples, type Given, newsletter } from "./leaf.ts";
import { counted, number, type Shown } from "./output.ts";
import { misuse } from "./problem.ts";

type Dated = { date?: string };

/** `edition pause|resume|cancel|correct|resolve|retry`: what people decide about an edition on its way. */
export function registerDelivery(edition: Command): void {
  const dated = (name: string, about: string) =>
    edition
      .command(`${name} [newsletter]`)
      .description(about)
      .option("--date <date>", "the edition's date (default: today's)", date);
  registerStops(dated);
  registerMendings(dated);
}

type Dating = (name: string, about: string) => Command;

function registerStops(dated: Dating): void {
  examples(
    asks(dated("pause", "stop sending until it is resumed; what SES was asked for stays on its way"), pauseEdition),
    "edition pause daily",
  );
  const resume = dated(
    "resume",
    "go on with an edition that is paused, held or halted; what held it is tried again",
  ).option("--anyway", "also if it is late, halted by its first readers' servers, or forecast to come too late");
  examples(asks(resume, resumeEdition), "edition resume daily", "edition resume daily --anyway");
  examples(
    asks(dated("cancel", "end the edition; what SES was asked for stays on its way"), cancelEdition),
    "edition cancel daily",
  );
}

function registerMendings(dated: Dating): void {
  const correct = dated("correct", "send another revision to those who were not mailed yet")
    .option("--from <file>", "from a plain-text digest, UTF-8; - for standard input")
    .option("--subject <subject>", "with --from: the email's subject")
    .option("--decisions", "from the stories, with what was decided since it went out");
  examples(
    asks(correct, correctEdition),
    "edition correct daily --decisions",
    "edition correct daily --from digest.txt",
  );
  const resolve = dated("resolve", "decide on deliveries that are held, or unknown because SES gave no answer")
    .option("--batch <id>", "those of one batch, named by the first digits that edition deliveries shows")
    .option("--all", "all of them")
    .addOption(
      new Option("--as <what>", "delivered: they have it; resend: send it again")
        .choices(["delivered", "resend"])
        .makeOptionMandatory(),
    );
  examples(
    asks(resolve, resolveDeliveries),
    "edition resolve daily --batch 3f9ac1d2 --as delivered",
    "edition resolve daily --all --as resend",
  );
  const retry = dated("retry", "try again whom SES failed three times for a passing reason, and nobody else");
  examples(asks(retry, retryDeliveries), "edition retry daily");
}

async function pauseEdition({ door, args: [named], options, by }: Given<Dated>): Promise<Shown> {
  const given = await door("pause", { newsletter: await newsletter(named), date: options.date, by });
  const { edition } = given;
  const { newsletter: name, date: day } = edition;
  const left = `Go on with: npx broadsheet edition resume ${name} --date ${day}`;
  return { json: shown(given), text: `${nameOf(edition)} is paused. ${far(given)}\n${left}` };
}

async function cancelEdition({ door, args: [named], options, by }: Given<Dated>): Promise<Shown> {
  const given = await door("cancel", { newsletter: await newsletter(named), date: options.date, by });
  return { json: shown(given), text: `${nameOf(given.edition)} is cancelled. ${far(given)}` };
}

const shown = ({ edition, onTheirWay }: Gives<"pause">) => ({ ...edition, onTheirWay });

/** `12 readers got it, up to 28 are on their way, 960 will not.` */
function far({ edition, onTheirWay }: Gives<"pause">): string {
  const { accepted, waiting, failed, unknown } = edition.counts;
  const left = Math.max(0, waiting + failed - onTheirWay);
  const parts = [
    accepted + unknown + onTheirWay === 0 ? "Nobody got it" : `${counted(accepted, "reader")} got it`,
    ...(unknown === 0 ? [] : [`${number(unknown)} may have got it`]),
    ...(onTheirWay === 0 ? [] : [`up to ${number(onTheirWay)} are on their way`]),
    ...(left === 0 ? [] : [`${number(left)} ${edition.state === "cancelled" ? "will not" : "wait"}`]),
  ];
  return `${parts.join(", ")}.`;
}

async function resumeEdition({
  door,
  args: [named],
  options,
  by,
}: Given<Dated & { anyway?: boolean }>): Promise<Shown> {
  const anyway = options.anyway === true;
  const { edition } = await door("resume", { newsletter: await newsletter(named), date: options.date, anyway, by });
  return wentOn(edition, edition, "");
}

/** An edition that was to go on; one that is held again at once is a problem. */
function wentOn(edition: Edition, json: object, done: string): Shown {
  const { state, reason, counts } = edition;
  if (state === "held" || state === "halted" || state === "cancelled") {
    const message = `${done}${nameOf(edition)} is ${state}${because(reason)}. Readers ${countsText(counts)}.`;
    return { json, text: "", problem: { code: "delivery-problem", message } };
  }
  const goes = state === "sending" || state === "freezing" ? "goes on" : `is ${state}`;
  return { json, text: `${done}${nameOf(edition)} ${goes}. Readers ${countsText(counts)}.` };
}

type Correcting = Dated & { from?: string; subject?: string; decisions?: boolean };

async function correctEdition({ door, args: [named], options, by }: Given<Correcting>): Promise<Shown> {
  const { date: day, from, subject, decisions } = options;
  if ((from === undefined) === (decisions !== true)) throw misuse("Say --from FILE or --decisions, one of them.");
  const text = from === undefined ? undefined : await readText(from);
  const { edition } = await door("correct", { newsletter: await newsletter(named), date: day, text, subject, by });
  const { rev, counts, state } = edition;
  const had = counts.accepted + counts.unknown;
  const others = had === 0 ? "" : ` ${counted(had, "reader")} got an earlier one or may have.`;
  const how = state === "sending" || state === "freezing" ? "" : ` It is ${state}${because(edition.reason)}.`;
  const waiting = counted(counts.waiting + counts.failed, "reader");
  return {
    json: edition,
    text: `${nameOf(edition)} is corrected: revision ${rev} is for ${waiting} who wait.${others}${how}`,
  };
}

type Resolving = Dated & { batch?: string; all?: boolean; as: "delivered" | "resend" };

async function resolveDeliveries({ door, args: [named], options, by }: Given<Resolving>): Promise<Shown> {
  const { date: day, batch, as } = options;
  const asked = { newsletter: await newsletter(named), date: day, batch, all: options.all === true, as, by };
  const given = await door("resolve", asked);
  const { edition, resolved, later } = given;
  const first = later.map(({ from }) => from).toSorted()[0];
  const wait =
    first === undefined
      ? ""
      : ` ${counted(later.length, "batch", "batches")} may not be sent again before ${minute(first)}: ${later
          .map(({ batch: id }) => id)
          .slice(0, 5)
          .join(", ")}.`;
  const what = as === "delivered" ? "declared delivered" : "sent again";
  const done = `${counted(resolved, "delivery is", "deliveries are")} ${what}.${wait} `;
  return quiet(edition, given, done);
}

async function retryDeliveries({ door, args: [named], options, by }: Given<Dated>): Promise<Shown> {
  const given = await door("retry", { newsletter: await newsletter(named), date: options.date, by });
  return quiet(given.edition, given, `${counted(given.retried, "delivery is", "deliveries are")} tried again. `);
}

/** What was decided was done, whatever state the edition is in: it may wait for other decisions. */
function quiet(edition: Edition, json: object, done: string): Shown {
  const { state, reason, counts } = edition;
  return { json, text: `${done}${nameOf(edition)} is ${state}${because(reason)}. Readers ${countsText(counts)}.` };
}

const minute = (instant: string) => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
const nameOf = ({ newsletter: name, date: day }: Edition) => `The edition of ${name} for ${day}`;
