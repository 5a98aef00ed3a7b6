import type { Command } from "commander";
import { seconds } from "./approve.ts";
import type { Door } from "./door.ts";
import { because, countsText, type Edition } from "./edition-text.ts";
import { asks, date, examples, type Given, newsletter } from "./leaf.ts";
import { complain, counted, number, type Shown } from "./output.ts";
import type { Fault } from "./problem.ts";
import { openProgress, type Progress } from "./progress.ts";

type Flags = { date?: string; wait: boolean; after?: number; hash?: string };

/** `edition send`. */
export function registerSend(edition: Command): void {
  const send = edition
    .command("send [newsletter]")
    .description("approve the edition and send it now, whatever the hour; builds it first where there is none")
    .option("--date <date>", "the edition's date (default: today's)", date)
    .option("--no-wait", "do not wait until everyone has it")
    .option("--after <seconds>", "begin only then, at most 600: until then edition withdraw takes it back", seconds)
    .option("--hash <hash>", "only if the email is still the one of this hash, as edition show --json gives it");
  examples(asks(send, sendEdition), "edition send daily", "edition send daily --date 2026-11-23 --no-wait");
}

async function sendEdition({ door, args: [named], options, by }: Given<Flags>): Promise<Shown> {
  const begun = Date.now();
  const { date: day, after, hash } = options;
  const { edition } = await door("send", { newsletter: await newsletter(named), date: day, after, hash, by });
  if (after !== undefined && after > 0 && edition.state === "approved")
    return { json: edition, text: windowText(edition, after) };
  if (!options.wait)
    return {
      json: edition,
      text: `${nameOf(edition)} is on its way to ${counted(edition.counts.audience, "reader")}.`,
    };
  const last = await watched(door, edition, options.json === true);
  const problem = problemIn(last);
  return { json: last, text: problem === undefined ? doneText(last, Date.now() - begun) : "", problem };
}

const windowText = (edition: Edition, after: number) =>
  `${nameOf(edition)} goes out in ${counted(after, "second")}, or up to a minute later. ` +
  `Take it back with: npx broadsheet edition withdraw ${edition.newsletter} --date ${edition.date}`;

/** Follows the delivery with its progress shown. Who interrupts that is told that the delivery does not stop. */
async function watched(door: Door, edition: Edition, silent: boolean): Promise<Edition> {
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

/** Milliseconds: between two looks at least, and for how long a delivery that is through may take to be closed. */
const LOOK = 300;
const CLOSING = 20_000;

/** Looks until nothing is ready or calling, or a person is needed. */
export async function follow(door: Door, first: Edition, progress: Progress, now: () => number): Promise<Edition> {
  let edition = first;
  let throughSince: number | undefined;
  // A look at a million readers reads 20,000 batches: it is not to cost what the sending itself does.
  let pause = LOOK;
  for (;;) {
    progress.show(edition.counts);
    if (isOver(edition)) return edition;
    throughSince = isThrough(edition) ? (throughSince ?? now()) : undefined;
    if (throughSince !== undefined && (needsPerson(edition) || now() - throughSince > CLOSING)) return edition;
    await new Promise((resolve) => setTimeout(resolve, pause));
    const began = now();
    ({ edition } = await door("show", { newsletter: edition.newsletter, date: edition.date }));
    pause = Math.max(LOOK, 4 * (now() - began));
  }
}

const isOver = ({ state }: Edition) => !["approved", "freezing", "sending"].includes(state);
/** Nobody waits; what failed for a passing reason is tried again, so it waits too. */
const isThrough = ({ state, counts }: Edition) => state === "sending" && counts.waiting + counts.failed === 0;
const needsPerson = ({ counts }: Edition) => counts.unknown + counts.held > 0;

function problemIn(edition: Edition): Fault | undefined {
  const { state, reason, counts } = edition;
  const problem = (what: string) => ({ code: "delivery-problem", message: `${nameOf(edition)} ${what}` });
  const why = because(reason);
  if (needsPerson(edition)) {
    const unknown =
      counts.unknown === 0
        ? []
        : [
            `${counted(counts.unknown, "delivery", "deliveries")} unknown: SES gave no answer and may have mailed them, so they are not sent again by themselves`,
          ];
    const held =
      counts.held === 0 ? [] : [`${counted(counts.held, "delivery", "deliveries")} held for a person to decide`];
    return problem(`is not through: ${[...unknown, ...held].join("; ")}${why}. Readers ${countsText(counts)}.`);
  }
  if (state === "finished" || state === "sending") return undefined;
  return problem(`is ${state}${why}. Readers ${countsText(counts)}.`);
}

function doneText(edition: Edition, milliseconds: number): string {
  const { audience, accepted, waiting, failed, unknown, held, ...others } = edition.counts;
  const rest = Object.entries(others).filter(([, n]) => n > 0);
  const besides = rest.length === 0 ? "" : `; ${rest.map(([name, n]) => `${number(n)} ${name}`).join(", ")}`;
  return `${nameOf(edition)} is sent: SES took it for ${number(accepted)} of ${counted(audience, "reader")} in ${(milliseconds / 1000).toFixed(1)} s${besides}.`;
}

const nameOf = ({ newsletter, date }: Edition) => `The edition of ${newsletter} for ${date}`;
