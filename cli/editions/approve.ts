import { type Command, InvalidArgumentError } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addEditionCommand, addExamples, type Context, resolveNewsletter, runRemotely } from "../command.ts";
import { warmUpLines } from "../subscribers/warm-up.ts";
import type { Output } from "../terminal/output.ts";
import { counted } from "../terminal/output.ts";
import { findingsText } from "./check.ts";
import { editionName } from "./edition-text.ts";

type Dated = { date?: string };
type Hashed = Dated & { hash?: string; anyway?: true };
type Timed = Hashed & { at: string; second?: true; dateFar?: true };

const secondHelp = "Take the later of two equal times, on the day clocks go back";

/** Registers `edition plan`. */
export function registerPlan(edition: Command): void {
  const plan = addEditionCommand(
    edition,
    "inspect",
    "plan [newsletter]",
    "Show when the edition goes out, to how many readers, how long that takes and what it costs",
  )
    .option("--at <time>", "As if it were scheduled for this time")
    .option("--second", secondHelp);
  addExamples(runRemotely(plan, planEdition), "edition plan daily", "edition plan daily --at 18:30");
}

/** Registers `edition approve|schedule|withdraw`. */
export function registerApproval(edition: Command): void {
  const approve = addApprovalOptions(
    addEditionCommand(edition, "send", "approve [newsletter]", "Approve the edition for its newsletter's usual time"),
  );
  addExamples(runRemotely(approve, approveEdition), "edition approve daily", "edition approve daily --date 2026-11-24");
  const schedule = addApprovalOptions(
    addEditionCommand(edition, "send", "schedule [newsletter]", "Approve the edition for another time"),
  )
    .requiredOption("--at <time>", "HH:MM on its date, or YYYY-MM-DDTHH:MM, in the newsletter's time zone")
    .option("--second", secondHelp)
    .option(...dateFarOption);
  addExamples(runRemotely(schedule, scheduleEdition), "edition schedule daily --at 18:30");
  const withdraw = addEditionCommand(
    edition,
    "send",
    "withdraw [newsletter]",
    "Withdraw the approval before anything is sent; the edition becomes a draft again",
  );
  addExamples(runRemotely(withdraw, withdrawEdition), "edition withdraw daily");
}

/** Without it, a mistyped date would send an old edition to all readers. */
export const dateFarOption = [
  "--date-far",
  "Allow the edition's date to be more than a day from the day it goes out",
] as const;

export const addApprovalOptions = (command: Command): Command =>
  command
    .option("--hash <hash>", "Stop if the email has another hash than this one, from edition show --json")
    .option("--anyway", "Ignore the blockers of edition check, except those required by law or by SES");

async function approveEdition({ invoke, args: [given], options, by }: Context<Hashed>): Promise<Output> {
  const { date, hash, anyway } = options;
  const approved = await invoke("approve", { newsletter: await resolveNewsletter(given), date, hash, anyway, by });
  return { json: approved, text: await approvedText(invoke, approved) };
}

async function scheduleEdition({ invoke, args: [given], options, by }: Context<Timed>): Promise<Output> {
  const { date, hash, anyway, at, second = false, dateFar } = options;
  const request = { newsletter: await resolveNewsletter(given), date, at, second, hash, anyway, dateFar, by };
  const approved = await invoke("schedule", request);
  return { json: approved, text: await approvedText(invoke, approved) };
}

async function approvedText(
  invoke: Context<object>["invoke"],
  { edition, due, findings }: CommandOutput<"approve">,
): Promise<string> {
  const plan = await invoke("plan", { newsletter: edition.newsletter, date: edition.date });
  const note = due.note === null ? "" : `\n${due.note}`;
  const undo = `npx --no-install broadsheet edition withdraw ${edition.newsletter} --date ${edition.date}`;
  return `${editionName(edition)} is approved: ${dueText(plan, due)}.${note}\nUndo with: ${undo}${findingsText(findings)}`;
}

async function withdrawEdition({ invoke, args: [given], options, by }: Context<Dated>): Promise<Output> {
  const { edition } = await invoke("withdraw", { newsletter: await resolveNewsletter(given), date: options.date, by });
  return { json: edition, text: `${editionName(edition)} is ${edition.state} again. Nothing was sent.` };
}

async function planEdition({ invoke, args: [given], options }: Context<Dated & { at?: string; second?: true }>) {
  const { date, at, second = false } = options;
  const plan = await invoke("plan", { newsletter: await resolveNewsletter(given), date, at, second });
  const due = plan.asked ?? plan.due;
  const note = due?.note ? `\n${due.note}` : "";
  const when = due === null ? "" : `\n${dueText(plan, due)}.${note}`;
  const warmUp = warmUpLines(plan.warmUp).map((line) => `\n${line}`);
  return {
    json: plan,
    text: `${editionName(plan)}: ${plan.outlook.text}${when}${cohortsText(plan)}${warmUp.join("")}`,
  };
}

/** Of an edition in local time: `3,400 readers, Tue 24 Nov 07:00 Europe/London, due` and so on. */
function cohortsText({ cohorts, timeZone }: CommandOutput<"plan">): string {
  const now = new Date().toISOString();
  const lines = cohorts.map(({ due, readers }) => {
    const turn = due <= now ? "due" : inText(Date.parse(due) - Date.parse(now));
    return `\n  ${clockIn(timeZone, due)} ${timeZone}: ${counted(readers, "reader")}, ${turn}`;
  });
  return lines.length === 0 ? "" : `\nIn local time:${lines.join("")}`;
}

/** `Tue 24 Nov 07:00 Europe/London, in 14 h, about 12,340 readers, 9 min, $1.23 to SES`; local time takes a day. */
function dueText(
  { timeZone, readers, seconds, dollars }: CommandOutput<"plan">,
  { at, localTime }: NonNullable<CommandOutput<"plan">["due"]>,
): string {
  const parts = [
    `${clockIn(timeZone, at)} ${timeZone}`,
    inText(Date.parse(at) - Date.now()),
    `about ${counted(readers, "reader")}`,
  ];
  if (seconds !== null && localTime === undefined)
    parts.push(seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`);
  return [...parts, `$${dollars.toFixed(2)} to SES`].join(", ");
}

/** `Tue 24 Nov 07:00` */
function clockIn(timeZone: string, at: string): string {
  const day = { weekday: "short", day: "numeric", month: "short" } as const;
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, ...day, hour: "2-digit", minute: "2-digit" });
  return clock.format(Date.parse(at)).replaceAll(",", "");
}

function inText(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 90) return `in ${minutes} min`;
  return minutes < 48 * 60 ? `in ${Math.round(minutes / 60)} h` : `in ${Math.round(minutes / 1440)} days`;
}

/** Seconds until a sent edition starts, during which it can be withdrawn. */
export function parseDelay(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 600) return Number(text);
  throw new InvalidArgumentError("It is not a number of seconds from 0 to 600.");
}
