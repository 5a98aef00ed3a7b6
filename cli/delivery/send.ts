import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import type { Invoke } from "../client.ts";
import { addEditionCommand, addExamples, type Context, resolveNewsletter, runRemotely } from "../command.ts";
import { addApprovalOptions, dateFarOption, parseDelay } from "../editions/approve.ts";
import { findingsText } from "../editions/check.ts";
import { because, countsText, editionName } from "../editions/edition-text.ts";
import { warmUpLines } from "../subscribers/warm-up.ts";
import { canAsk, confirm } from "../terminal/confirm.ts";
import { counted, number, type Output, printError } from "../terminal/output.ts";
import type { Fault } from "../terminal/problem.ts";
import { openProgress, type Progress } from "../terminal/progress.ts";

type Flags = {
  date?: string;
  wait: boolean;
  yes?: boolean;
  after?: number;
  hash?: string;
  anyway?: true;
  dateFar?: true;
};
type Followed = CommandOutput<"follow">;
type Plan = CommandOutput<"plan">;

/** Registers `edition send`. */
export function registerSend(edition: Command): void {
  const send = addEditionCommand(
    edition,
    "send",
    "send [newsletter]",
    "Send the edition now, at any hour; builds it first if there is none",
  )
    .option("--yes", "Don't ask for confirmation")
    .option("--no-wait", "Return at once instead of following the delivery")
    .option("--after <seconds>", "Wait this long before sending, at most 600; edition withdraw stops it", parseDelay)
    .option(...dateFarOption);
  addApprovalOptions(send);
  addExamples(
    runRemotely(send, sendEdition),
    "edition send daily",
    "edition send daily --date 2026-11-23 --yes --no-wait",
  );
}

/** What a person confirms: which edition, to how many readers, when, at what cost, and what it replaces. */
function planText(plan: Plan, after: number): string {
  const { subject, readers, rate, finishAt, warning, replaces, warmUp, ...cost } = plan;
  const speed =
    rate === null
      ? "at a rate that SES hasn't told yet"
      : `at ${number(Math.round(rate * 10) / 10)} a second${finishAt === null ? "" : `, done by ${finishAt.slice(0, 10)} ${finishAt.slice(11, 16)} UTC`}`;
  const money = cost.dollars + cost.dollarsBesides;
  const amount =
    money < 0.01 ? "less than a cent" : `about $${money.toFixed(2)}, of which $${cost.dollars.toFixed(2)} to SES`;
  const when = after > 0 ? `in ${counted(after, "second")}` : "now";
  const named = subject === "" ? "not drafted yet, so it is built first" : `“${subject}”`;
  return [
    `${editionName(plan)}, ${named}: ${when}, to about ${counted(readers, "reader")}, ${speed}, for ${amount}.`,
    ...(replaces === null ? [] : [replaces]),
    ...(warning === null ? [] : [warning]),
    ...warmUpLines(warmUp),
  ].join("\n");
}

/** Such an edition is refused with the reason, so there is nothing to ask. */
const isPast = ({ outlook, readers }: Plan): boolean =>
  ["sending", "sent", "over"].includes(outlook.kind) || (outlook.kind === "stopped" && readers === 0);

async function isConfirmed(plan: Plan, options: Context<Flags>["options"]): Promise<boolean> {
  const text = planText(plan, options.after ?? 0);
  const question = options.stack === undefined ? "Send it?" : `Send it from the stack ${options.stack}?`;
  if (canAsk(options)) return confirm(`${text}\n${question}`);
  printError(text);
  return true;
}

async function sendEdition({ invoke, args: [given], options, by }: Context<Flags>): Promise<Output> {
  const begun = Date.now();
  const { after, hash, anyway, dateFar } = options;
  const request = { newsletter: await resolveNewsletter(given), date: options.date };
  if (options.json !== true) {
    const plan = await invoke("plan", { ...request, now: true });
    // Midnight may pass before the answer, and the edition that was named is sent.
    request.date = plan.date;
    if (!isPast(plan) && !(await isConfirmed(plan, options))) return { json: {}, text: "Nothing was sent." };
  }
  const { edition, findings } = await invoke("send", { ...request, after, hash, anyway, dateFar, by });
  if (findings.length > 0 && options.json !== true) printError(findingsText(findings).trim());
  if (after !== undefined && after > 0 && edition.state === "approved")
    return { json: edition, text: delayText(edition, after) };
  if (!options.wait)
    return {
      json: edition,
      text: `${editionName(edition)} is being sent to ${counted(edition.counts.audience, "reader")}.`,
    };
  const last = await followWithProgress(invoke, edition, options.json === true);
  const { edition: final } = await invoke("show", { newsletter: edition.newsletter, date: edition.date });
  const problem = problemIn(last);
  return { json: final, text: problem === undefined ? doneText(last, Date.now() - begun) : "", problem };
}

const delayText = (edition: Key, after: number) =>
  `${editionName(edition)} goes out in ${counted(after, "second")}, or up to a minute later. ` +
  `Stop it with: npx --no-install broadsheet edition withdraw ${edition.newsletter} --date ${edition.date}`;

/** Follows the delivery and shows its progress. Ctrl-C ends only the following, never the delivery. */
async function followWithProgress(invoke: Invoke, edition: Key, silent: boolean): Promise<Followed> {
  const progress = openProgress({ silent });
  const leave = () => {
    progress.close();
    const how = `npx --no-install broadsheet edition show ${edition.newsletter} --date ${edition.date}`;
    printError(`${editionName(edition)} is still being sent. See its progress with: ${how}`);
    process.exit(130);
  };
  process.once("SIGINT", leave);
  return follow(invoke, edition, progress, Date.now).finally(() => {
    process.off("SIGINT", leave);
    progress.close();
  });
}

type Key = { newsletter: string; date: string };

/** The shortest time between two requests, in milliseconds. */
const POLL_MS = 300;
/** How long a complete delivery can take until it is closed. */
const CLOSING_MS = 20_000;
/** How long a sender that waited for the quota may take to wake up. */
const WAKING_MS = 10_000;

/** Polls until the delivery is complete, needs a person, or waits for the daily quota. */
export async function follow(
  invoke: Invoke,
  { newsletter, date }: Key,
  progress: Progress,
  now: () => number,
): Promise<Followed> {
  let completeSince: number | undefined;
  let quotaSince: number | undefined;
  // A poll reads each open batch, up to 20,000 for a million readers: polling must not cost as much as sending.
  let pause = POLL_MS;
  for (;;) {
    const began = now();
    const edition = await withRetries(() => invoke("follow", { newsletter, date }));
    pause = Math.max(POLL_MS, 4 * (now() - began));
    progress.show(edition.counts, edition);
    quotaSince = waitsForQuota(edition) ? (quotaSince ?? now()) : undefined;
    if (isOver(edition) || (quotaSince !== undefined && now() - quotaSince > WAKING_MS)) return edition;
    completeSince = isComplete(edition) ? (completeSince ?? now()) : undefined;
    if (completeSince !== undefined && (needsPerson(edition) || now() - completeSince > CLOSING_MS)) return edition;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Polls that may fail in a row; the delivery goes on meanwhile. */
const MAX_FAILURES = 4;

async function withRetries<T>(poll: () => Promise<T>): Promise<T> {
  for (let failed = 1; ; failed++) {
    try {
      return await poll();
    } catch (error) {
      if (failed === MAX_FAILURES) throw error;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS * failed));
    }
  }
}

const isOver = ({ state }: Followed) => !["approved", "freezing", "sending"].includes(state);
/** Nothing waits; a failed delivery is tried again, so it waits too. */
const isComplete = ({ state, counts }: Followed) => state === "sending" && counts.waiting + counts.failed === 0;
const needsPerson = ({ counts }: Followed) => counts.unknown + counts.held > 0;
const waitsForQuota = ({ state, notice }: Followed) => state === "sending" && /daily quota/.test(notice ?? "");

function problemIn(edition: Followed): Fault | undefined {
  const { state, reason, counts } = edition;
  const problem = (what: string) => ({ code: "delivery-problem", message: `${editionName(edition)} ${what}` });
  const why = because(reason);
  if (needsPerson(edition)) {
    const what = [...unknownText(edition), ...heldText(edition)].join("; ");
    return problem(`is not complete: ${what}${why}. ${countsText({ counts, state })}.`);
  }
  if (state === "finished" || state === "sending") return undefined;
  return problem(`is ${state}${why}. ${countsText({ counts, state })}.${resumeText(edition)}`);
}

/** How unknown deliveries are resolved, and when they can be sent again. */
function unknownText({ counts, unknown, newsletter, date }: Followed): string[] {
  if (counts.unknown === 0) return [];
  const first = unknown.map(({ resendFrom }) => resendFrom).toSorted()[0];
  const when = first === undefined ? "" : ` (resend is possible from ${first.slice(11, 16)} UTC)`;
  const how = `npx --no-install broadsheet edition resolve ${newsletter} --date ${date} --all --as delivered, or resend${when}`;
  const n = counted(counts.unknown, "delivery", "deliveries");
  return [
    `${n} unknown: SES didn't answer and may have mailed these readers. Wait for its events, or decide with: ${how}`,
  ];
}

function heldText({ counts, newsletter, date }: Followed): string[] {
  if (counts.held === 0) return [];
  const n = counted(counts.held, "delivery", "deliveries");
  return [
    `${n} held until you decide. List them with: npx --no-install broadsheet edition deliveries ${newsletter} --date ${date} --state held`,
  ];
}

const resumeText = ({ state, newsletter, date }: Followed): string =>
  ["paused", "held", "halted"].includes(state)
    ? ` Resume with: npx --no-install broadsheet edition resume ${newsletter} --date ${date}`
    : "";

function doneText(edition: Followed, milliseconds: number): string {
  const { audience, accepted, waiting, failed, unknown, held, ...others } = edition.counts;
  if (waitsForQuota(edition)) {
    const by =
      edition.finishAt === null ? "" : ` It should be done by ${edition.finishAt.slice(0, 16).replace("T", " ")} UTC.`;
    return `${editionName(edition)}: accepted for ${number(accepted)} of ${counted(audience, "reader")}. ${edition.notice}${by}`;
  }
  const rest = Object.entries(others).filter(([, n]) => n > 0);
  const besides = rest.length === 0 ? "" : `; ${rest.map(([name, n]) => `${number(n)} ${name}`).join(", ")}`;
  return `${editionName(edition)} is sent: SES accepted it for ${number(accepted)} of ${counted(audience, "reader")} in ${(milliseconds / 1000).toFixed(1)} s${besides}.`;
}
