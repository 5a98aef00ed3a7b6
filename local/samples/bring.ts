import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { config } from "#broadsheet.config.ts";
import {
  type CommandInput,
  type CommandName,
  type CommandOutput,
  commands,
  functionName,
} from "#functions/command/contract.ts";
import { type RunCredentials, region } from "../aws.ts";
import type { Folder } from "../folder.ts";
import { feedPath } from "./feeds.ts";
import { type Note, reached, readSamples, type Step, writeSamples } from "./note.ts";
import { type OutletId, outletIds, outlets } from "./outlets.ts";
import { sampleReaders } from "./people.ts";

/** Access to the running system, like the command line's. */
export type CommandCaller = <C extends CommandName>(command: C, input: CommandInput<C>) => Promise<CommandOutput<C>>;

const answers: { [C in CommandName]: { output: { parse(raw: unknown): CommandOutput<C> } } } = commands;

/** A fault that the command function answered. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const Answer = z.discriminatedUnion("ok", [
  z.looseObject({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), fault: z.object({ code: z.string(), message: z.string() }) }),
]);

/** Commands over Lambda's API, as `npx --no-install broadsheet` sends them. */
export function commandCaller({
  endpoint,
  credentials,
}: {
  endpoint: string;
  credentials: RunCredentials;
}): CommandCaller {
  const invoke = lambdaInvoke({ region, credentials, endpoint });
  return async (command, input) => {
    const raw = await invoke(functionName(config.name), { do: command, by: "samples", ...input });
    const answer = Answer.parse(raw);
    if (!answer.ok) throw new Refused(answer.fault.code, answer.fault.message);
    return answers[command].output.parse(answer);
  };
}

export type SampleRun = {
  folder: Folder;
  site: string;
  call: CommandCaller;
  now(): number;
  onStep(text: string): void;
};

/**
 * Adds the sample content by the commands and pages that people use: sources, readers, a poll, yesterday's edition, and
 * a second poll for today's news. Steps are recorded, so a second start repeats nothing and an interrupted one
 * continues.
 */
export async function bringSamples(run: SampleRun): Promise<Note> {
  const note = readSamples(run.folder) ?? begin(run);
  await move(run, note);
  const step = stepper(run);
  await step("added", () => addSourcesAndReaders(run));
  await step("polled", () => poll(run));
  await step("built", () => build(run));
  await step("released", async () => undefined);
  await step("polled again", () => poll(run));
  return current(run);
}

/** Sends the first edition, unless an earlier start did. */
export async function sendFirstEdition(run: SampleRun): Promise<void> {
  await stepper(run)("sent", async () => {
    const { newsletter, date } = current(run);
    try {
      await run.call("send", { newsletter, date });
    } catch (error) {
      if (!(error instanceof Refused && error.code === "already-sent")) throw error;
    }
  });
}

/** Progress of the first edition: accepted readers, and all readers. */
export async function progressOfFirst({ folder, call }: SampleRun): Promise<{ accepted: number; audience: number }> {
  const note = readSamples(folder);
  if (note === undefined) return { accepted: 0, audience: 0 };
  const { edition } = await call("show", { newsletter: note.newsletter, date: note.date });
  return edition.counts;
}

function begin({ folder, site, now }: SampleRun): Note {
  const [newsletter, settings] = Object.entries(config.newsletters)[0] ?? [];
  if (newsletter === undefined || settings === undefined) throw new Error("The config has no newsletter.");
  const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(settings.timeZone).toPlainDate();
  const date = today.subtract({ days: 1 }).toString();
  const note: Note = { v: 1, anchor: now(), newsletter, date, site, step: "begun" };
  writeSamples(folder, note);
  return note;
}

function current({ folder }: SampleRun): Note {
  const note = readSamples(folder);
  if (note === undefined) throw new Error(`samples.json in ${folder.path} is gone. Start with another --data folder.`);
  return note;
}

const stepper = (run: SampleRun) => async (step: Step, act: () => Promise<void>) => {
  const note = current(run);
  if (reached(note, step)) return;
  await act();
  writeSamples(run.folder, { ...note, step });
};

async function addSourcesAndReaders({ site, call, folder, onStep }: SampleRun): Promise<void> {
  const { newsletter } = readSamples(folder) ?? { newsletter: "" };
  for (const id of outletIds) await addSource(call, id, site);
  const { added } = await call("subscriber add", { newsletter, addresses: [...sampleReaders] });
  onStep(`${outletIds.length} sample sources, ${added} readers`);
}

/** A source's id may belong to a removed one; then the port makes it different. */
async function addSource(call: CommandCaller, id: OutletId, site: string): Promise<void> {
  const source = { url: site + feedPath(id), title: outlets[id].title };
  try {
    await call("source add", { ...source, id });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await call("source add", { ...source, id: `${id}-${new URL(site).port}` });
  }
}

async function poll({ call, onStep }: SampleRun): Promise<void> {
  const { reports } = await call("ingest", {});
  const failed = reports.find((report) => report.outcome === "failed");
  if (failed !== undefined) throw new Error(`${failed.title}: ${failed.error}`);
  onStep(`${reports.reduce((sum, report) => sum + report.fresh, 0)} new articles`);
}

async function build(run: SampleRun): Promise<void> {
  const { newsletter, date } = current(run);
  const { edition } = await run.call("build", { newsletter, date });
  run.onStep(`the edition of ${date}: ${edition.lead.title ?? edition.subject}`);
}

/** The host may have another port than last time, so the remaining sample sources move to it. */
async function move({ folder, site, call }: SampleRun, note: Note): Promise<void> {
  if (note.site === site) return;
  const { sources } = await call("source list", {});
  for (const id of outletIds) {
    const old = sources.find((source) => source.url === note.site + feedPath(id));
    if (old === undefined) continue;
    await call("source remove", { source: old.id });
    await addSource(call, id, site);
  }
  writeSamples(folder, { ...note, site });
}
