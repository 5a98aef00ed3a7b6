import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import { seconds } from "./approve.ts";
import { findingsText } from "./check.ts";
import type { Door } from "./door.ts";
import { because, countsText } from "./edition-text.ts";
import { asks, date, examples, type Given, newsletter } from "./leaf.ts";
import { complain, counted, number, type Shown } from "./output.ts";
import type { Fault } from "./problem.ts";
import { openProgress, type Progress } from "./progress.ts";

type Flags = { date?: string; wait: boolean; yes?: boolean; after?: number; hash?: string; anyway?: true };
type Followed = Gives<"follow">;
type Plan = Gives<"plan">;

/** `edition send`. */
export function registerSend(edition: Command): void {
  const send = edition
    .command("send [newsletter]")
    .description("approve the edition and send it now, whatever the hour; builds it first where there is none")
    .option("--date <date>", "the edition's date (default: today's)", date)
    .option("--yes", "do not ask, as a terminal would be asked")
    .option("--no-wait", "do not wait until everyone has it")
    .option("--after <seconds>", "begin only then, at most 600: until then edition withdraw takes it back", seconds)
    .option("--hash <hash>", "only if the email is still the one of this hash, as edition show --json gives it")
    .option("--anyway", "in spite of blockers that edition check finds, but for what the law or SES would not have");
  examples(asks(send, sendEdition), "edition send daily", "edition send daily --date 2026-11-23 --yes --no-wait");
}

/** To whom, by when, for how much: what one should know before it is too late to know better. */
function planText({ newsletter: name, date: day, readers, rate, finishAt, warning, ...cost }: Plan): string {
  const by =
    rate === null
      ? "SES has not said yet how fast"
      : `at ${number(Math.round(rate * 10) / 10)} a second${finishAt === null ? "" : `, through by ${finishAt.slice(0, 10)} ${finishAt.slice(11, 16)} UTC`}`;
  const money = cost.dollars + cost.dollarsBesides;
  const amount =
    money < 0.01 ? "less than a cent" : `about $${money.toFixed(2)}, $${cost.dollars.toFixed(2)} of it to SES`;
  const to = `The edition of ${name} for ${day}: to about ${counted(readers, "reader")}, ${by}, for ${amount}.`;
  return warning === null ? to : `${to}\n${warning}`;
}

async function sendEdition({ door, args: [named], options, by }: Given<Flags>): Promise<Shown> {
  const begun = Date.now();
  const { after, hash, anyway } = options;
  const asked = { newsletter: await newsletter(named), date: options.date };
  if (options.json !== true) {
    const plan = planText(await door("plan", { ...asked, now: true }));
    if (!isAsking(options)) complain(plan);
    else if (!(await agrees(plan))) return { json: {}, text: "Nothing was sent." };
  }
  const { edition, findings } = await door("send", { ...asked, after, hash, anyway, by });
  if (findings.length > 0 && options.json !== true) complain(findingsText(findings).trim());
  if (after !== undefined && after > 0 && edition.state === "approved")
    return { json: edition, text: windowText(edition, after) };
  if (!options.wait)
    return {
      json: edition,
      text: `${nameOf(edition)} is on its way to ${counted(edition.counts.audience, "reader")}.`,
    };
  const last = await watched(door, edition, options.json === true);
  const { edition: shown } = await door("show", { newsletter: edition.newsletter, date: edition.date });
  const problem = problemIn(last);
  return { json: shown, text: problem === undefined ? doneText(last, Date.now() - begun) : "", problem };
}

/** Only who sits at a terminal is asked; a script never is. */
const isAsking = ({ yes }: Flags) => yes !== true && process.stdin.isTTY === true && process.stdout.isTTY === true;

async function agrees(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question}\nSend it? [y/N] `)).trim());
  } finally {
    lines.close();
  }
}

const windowText = (edition: Key, after: number) =>
  `${nameOf(edition)} goes out in ${counted(after, "second")}, or up to a minute later. ` +
  `Take it back with: npx broadsheet edition withdraw ${edition.newsletter} --date ${edition.date}`;

/** Follows the delivery with its progress shown. Who interrupts that is told that the delivery does not stop. */
async function watched(door: Door, edition: Key, silent: boolean): Promise<Followed> {
  const progress = openProgress(silent);
  const leave = () => {
    progress.close();
    complain(
      `${nameOf(edition)} goes on without you: npx broadsheet edition show ${edition.newsletter} tells how far it is.`,
    );
    process.exit(130);
  };
  process.once("SIGINT", leave);
  return follow(door, edition, progress, Date.now).finally(() => {
    process.off("SIGINT", leave);
    progress.close();
  });
}

type Key = { newsletter: string; date: string };

/** Milliseconds: between two looks at least, and for how long a delivery that is through may take to be closed. */
const LOOK = 300;
const CLOSING = 20_000;
/** And after which a sender that sleeps for the quota is not just being woken. */
const ASLEEP = 10_000;

/** Looks until nothing is ready or calling, or a person is needed, or there is nothing to see until tomorrow. */
export async function follow(
  door: Door,
  { newsletter: name, date: day }: Key,
  progress: Progress,
  now: () => number,
): Promise<Followed> {
  let throughSince: number | undefined;
  let quotaSince: number | undefined;
  // A look at a million readers reads what is not closed of 20,000 batches: it is not to cost what the sending does.
  let pause = LOOK;
  for (;;) {
    const began = now();
    const edition = await patient(() => door("follow", { newsletter: name, date: day }));
    pause = Math.max(LOOK, 4 * (now() - began));
    progress.show(edition.counts, edition);
    quotaSince = waitsForQuota(edition) ? (quotaSince ?? now()) : undefined;
    if (isOver(edition) || (quotaSince !== undefined && now() - quotaSince > ASLEEP)) return edition;
    throughSince = isThrough(edition) ? (throughSince ?? now()) : undefined;
    if (throughSince !== undefined && (needsPerson(edition) || now() - throughSince > CLOSING)) return edition;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Looks in a row that may fail before it is worth a word: the delivery goes on meanwhile. */
const FAILURES = 4;

async function patient<T>(look: () => Promise<T>): Promise<T> {
  for (let failed = 1; ; failed++) {
    try {
      return await look();
    } catch (error) {
      if (failed === FAILURES) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK * failed));
    }
  }
}

const isOver = ({ state }: Followed) => !["approved", "freezing", "sending"].includes(state);
/** Nobody waits; what failed for a passing reason is tried again, so it waits too. */
const isThrough = ({ state, counts }: Followed) => state === "sending" && counts.waiting + counts.failed === 0;
const needsPerson = ({ counts }: Followed) => counts.unknown + counts.held > 0;
const waitsForQuota = ({ state, notice }: Followed) => state === "sending" && /daily quota/.test(notice ?? "");

function problemIn(edition: Followed): Fault | undefined {
  const { state, reason, counts } = edition;
  const problem = (what: string) => ({ code: "delivery-problem", message: `${nameOf(edition)} ${what}` });
  const why = because(reason);
  if (needsPerson(edition)) {
    const what = [...unknownText(edition), ...heldText(edition)].join("; ");
    return problem(`is not through: ${what}${why}. Readers ${countsText(counts)}.`);
  }
  if (state === "finished" || state === "sending") return undefined;
  return problem(`is ${state}${why}. Readers ${countsText(counts)}.${way(edition)}`);
}

/** Who are unknown, what settles them, and from when a person may have them sent again. */
function unknownText({ counts, unknown, newsletter: name, date: day }: Followed): string[] {
  if (counts.unknown === 0) return [];
  const first = unknown.map(({ resendFrom }) => resendFrom).toSorted()[0];
  const when = first === undefined ? "" : ` (resend possible from ${first.slice(11, 16)} UTC)`;
  const how = `npx broadsheet edition resolve ${name} --date ${day} --all --as delivered, or resend${when}`;
  const n = counted(counts.unknown, "delivery", "deliveries");
  return [`${n} unknown: SES gave no answer and may have mailed them. Its events settle them, or you do: ${how}`];
}

function heldText({ counts, newsletter: name, date: day }: Followed): string[] {
  if (counts.held === 0) return [];
  const n = counted(counts.held, "delivery", "deliveries");
  return [`${n} held for a person to decide: npx broadsheet edition deliveries ${name} --date ${day} --state held`];
}

/** How a person lets it go on. */
const way = ({ state, newsletter: name, date: day }: Followed): string =>
  ["paused", "held", "halted"].includes(state)
    ? ` Then go on with: npx broadsheet edition resume ${name} --date ${day}`
    : "";

function doneText(edition: Followed, milliseconds: number): string {
  const { audience, accepted, waiting, failed, unknown, held, ...others } = edition.counts;
  if (waitsForQuota(edition)) {
    const by =
      edition.finishAt === null
        ? ""
        : ` It should be through by ${edition.finishAt.slice(0, 16).replace("T", " ")} UTC.`;
    return `${nameOf(edition)}: ${number(accepted)} of ${counted(audience, "reader")} have it. ${edition.notice}${by}`;
  }
  const rest = Object.entries(others).filter(([, n]) => n > 0);
  const besides = rest.length === 0 ? "" : `; ${rest.map(([name, n]) => `${number(n)} ${name}`).join(", ")}`;
  return `${nameOf(edition)} is sent: SES took it for ${number(accepted)} of ${counted(audience, "reader")} in ${(milliseconds / 1000).toFixed(1)} s${besides}.`;
}

const nameOf = ({ newsletter: name, date: day }: Key) => `The edition of ${name} for ${day}`;
