import { type Command, InvalidArgumentError } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import { findingsText } from "./check.ts";
import { asks, date, examples, type Given, newsletter } from "./leaf.ts";
import { counted, type Shown } from "./output.ts";

type Dated = { date?: string };
type Hashed = Dated & { hash?: string; anyway?: true };
type Timed = Hashed & { at: string; second?: true };

/** `edition approve|schedule|withdraw|plan`: when an edition goes out. */
export function registerApproval(edition: Command): void {
  const dated = (name: string, about: string) =>
    edition
      .command(`${name} [newsletter]`)
      .description(about)
      .option("--date <date>", "the edition's date (default: today's)", date);
  const hashed = (command: Command) =>
    command
      .option("--hash <hash>", "only if the email is still the one of this hash, as edition show --json gives it")
      .option("--anyway", "in spite of blockers that edition check finds, but for what the law or SES would not have");
  const approve = hashed(dated("approve", "let the edition go out at its newsletter's own time"));
  examples(asks(approve, approveEdition), "edition approve daily", "edition approve daily --date 2026-11-24");
  const schedule = hashed(dated("schedule", "let the edition go out at another time"))
    .requiredOption("--at <time>", "HH:MM on its date, or YYYY-MM-DDTHH:MM, where the newsletter is at home")
    .option("--second", "of a time that clocks show twice, the second");
  examples(asks(schedule, scheduleEdition), "edition schedule daily --at 18:30");
  examples(
    asks(dated("withdraw", "take the approval back before anything is sent: it is a draft again"), withdrawEdition),
    "edition withdraw daily",
  );
  const plan = dated("plan", "when the edition goes out, to how many, in how long and for how much")
    .option("--at <time>", "as if it were scheduled for then")
    .option("--second", "of a time that clocks show twice, the second");
  examples(asks(plan, planEdition), "edition plan daily", "edition plan daily --at 18:30");
}

async function approveEdition({ door, args: [named], options, by }: Given<Hashed>): Promise<Shown> {
  const { date: day, hash, anyway } = options;
  const approved = await door("approve", { newsletter: await newsletter(named), date: day, hash, anyway, by });
  return { json: approved, text: await approvedText(door, approved) };
}

async function scheduleEdition({ door, args: [named], options, by }: Given<Timed>): Promise<Shown> {
  const { date: day, hash, anyway, at, second = false } = options;
  const asked = { newsletter: await newsletter(named), date: day, at, second, hash, anyway, by };
  const approved = await door("schedule", asked);
  return { json: approved, text: await approvedText(door, approved) };
}

async function approvedText(
  door: Given<object>["door"],
  { edition, due, findings }: Gives<"approve">,
): Promise<string> {
  const plan = await door("plan", { newsletter: edition.newsletter, date: edition.date });
  const note = due.note === null ? "" : `\n${due.note}`;
  const undo = `npx broadsheet edition withdraw ${edition.newsletter} --date ${edition.date}`;
  return `${nameOf(edition)} is approved: ${dueText(plan, due)}.${note}\nTake it back with: ${undo}${findingsText(findings)}`;
}

async function withdrawEdition({ door, args: [named], options, by }: Given<Dated>): Promise<Shown> {
  const { edition } = await door("withdraw", { newsletter: await newsletter(named), date: options.date, by });
  return { json: edition, text: `${nameOf(edition)} is ${edition.state} again; nothing was sent.` };
}

async function planEdition({ door, args: [named], options }: Given<Dated & { at?: string; second?: true }>) {
  const { date: day, at, second = false } = options;
  const plan = await door("plan", { newsletter: await newsletter(named), date: day, at, second });
  const due = plan.asked ?? plan.due;
  const note = due?.note ? `\n${due.note}` : "";
  const when = due === null ? "waits for somebody to approve it" : dueText(plan, due);
  return { json: plan, text: `${nameOf(plan)}: ${when}.${note}` };
}

const nameOf = (of: { newsletter: string; date: string }) => `The edition of ${of.newsletter} for ${of.date}`;

/** `Tue 24 Nov 07:00 Europe/London, in 14 h, about 12,340 readers, 9 min, $1.23` */
function dueText({ timeZone, readers, seconds, dollars }: Gives<"plan">, { at }: { at: string }): string {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const when = clock.format(Date.parse(at)).replaceAll(",", "");
  const parts = [`${when} ${timeZone}`, inText(Date.parse(at) - Date.now()), `about ${counted(readers, "reader")}`];
  if (seconds !== null) parts.push(seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`);
  return [...parts, `$${dollars.toFixed(2)} to SES`].join(", ");
}

function inText(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 90) return `in ${minutes} min`;
  return minutes < 48 * 60 ? `in ${Math.round(minutes / 60)} h` : `in ${Math.round(minutes / 1440)} days`;
}

/** Seconds in which a sent edition can be withdrawn. */
export function seconds(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 600) return Number(text);
  throw new InvalidArgumentError("It is a number of seconds, 0 to 600.");
}
