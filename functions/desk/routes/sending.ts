import type { Context, Hono } from "hono";
import { type EditionView, editionKeyOf } from "#domain/edition/edition.ts";
import { type Fault, fault, type Outcome } from "#domain/outcome.ts";
import { fieldOf } from "../access/body.ts";
import type { DeskEnv, Person } from "../access/person.ts";
import type { RunCommand } from "../ask.ts";
import { type Action, actions, type Outgoing, questions } from "../office/sending/press.ts";
import { WINDOW } from "../office/sending/question.ts";
import { sendingBody } from "../office/sending/sending.ts";
import { deskPage } from "../views/frame.ts";
import { noticePage } from "../views/notice.ts";
import { editionAt, editionRoute, type Newsletter } from "./edition-at.ts";
import { missingPage, noSuchEdition } from "./notice-answers.ts";
import { statusOf } from "./status.ts";

type SendingPorts = {
  newsletters: readonly Newsletter[];
  /** Runs commands in the name of the signed-in person. */
  runCommand: RunCommand;
  /** An instant. */
  now: () => string;
};

type Key = { newsletter: string; date: string };

/** Sending an edition: when, to how many, its progress, and possible actions. */
export function addSending(app: Hono<DeskEnv>, ports: SendingPorts): void {
  const at = `${editionRoute}/send`;
  app.get(at, (c) => show(ports, c, null));
  app.post(at, (c) => act(ports, c));
}

/** @param tried the refused action, and the note that was sent with it */
async function show(ports: SendingPorts, c: Context<DeskEnv>, tried: { refused: Fault; note: string } | null) {
  const found = editionAt(ports.newsletters, c);
  if (found === undefined) return missingPage(c, noSuchEdition, "Edition not found");
  const { title, language, path } = found;
  const key = editionKeyOf(found);
  const { person, token } = c.var;
  const { shown, checked, planned, plan } = await readEdition(ports, c, key);
  if (!shown.ok || !plan.ok) return nothingYet(c, path, shown.ok ? plan : shown);
  // One reading of the counts for the whole page.
  const edition = { ...shown.value.edition, counts: plan.value.counts ?? shown.value.edition.counts };
  const wrong = tried?.refused ?? (planned?.ok === false ? planned.fault : null);
  const calls = await undecidedCallsOf(ports, person, edition);
  const call = calls.calls.find(({ id }) => id === c.req.query("call")) ?? null;
  const written = tried?.note ?? "";
  const question = written === "" ? (wrong === null ? questionIn(c, call) : null) : "note";
  const body = sendingBody({
    ...{ edition, title, language, person, token, calls, call, question, written },
    plan: plan.value,
    path: `${path}/send`,
    now: ports.now(),
    check: checked.ok ? checked.value.check : null,
    fault: wrong,
    pending: question === "correct" ? await pendingOf(ports, person, key) : null,
  });
  const page = deskPage({
    ...{ script: true, section: "newsletters", title: `Send ${title}, ${key.date}`, person, token, body },
  });
  return c.html(page, { status: wrong === null ? 200 : statusOf(wrong) });
}

/** The edition with its check and its plan: at the time that the address names, if that is possible. */
async function readEdition({ runCommand }: SendingPorts, c: Context<DeskEnv>, key: Key) {
  const { person } = c.var;
  const at = c.req.query("at");
  const second = c.req.query("second") === "yes";
  const chosen = at === undefined ? {} : { at, second };
  const [shown, checked, first] = await Promise.all([
    runCommand(person, "show", key),
    runCommand(person, "check", { ...key, links: c.req.query("links") === "yes" }),
    runCommand(person, "plan", { ...key, ...chosen }),
  ]);
  if (at === undefined) return { shown, checked, planned: undefined, plan: first };
  return { shown, checked, planned: first, plan: first.ok ? first : await runCommand(person, "plan", key) };
}

/** The question that the address names. If its call was decided meanwhile, it must not become one about all calls. */
const questionIn = (c: Context<DeskEnv>, call: Outgoing["call"]): Outgoing["question"] =>
  c.req.query("call") !== undefined && call === null
    ? null
    : (questions.find((one) => one === c.req.query("ask")) ?? null);

/** Without unknown deliveries, no calls are read. */
async function undecidedCallsOf(ports: SendingPorts, person: Person, edition: EditionView): Promise<Outgoing["calls"]> {
  const { newsletter, date, counts } = edition;
  const listed =
    counts.unknown + counts.held > 0 ? await ports.runCommand(person, "calls", { newsletter, date }) : undefined;
  return listed?.ok ? listed.value : { calls: [], more: 0 };
}

/** What a correction would change, up to a decision; only that much is then applied. */
async function pendingOf(ports: SendingPorts, person: Person, key: Key): Promise<Outgoing["pending"]> {
  const shown = await ports.runCommand(person, "workbench", key);
  if (!shown.ok || shown.value.workbench === null) return null;
  const { pending, decisions } = shown.value.workbench;
  return pending && { changes: pending, decisions };
}

/** Makes a skipped edition a draft again: undoes the skip, or builds it if no decision skipped it. */
async function reopen(runCommand: RunCommand, person: Person, key: Key): Promise<Outcome<unknown>> {
  const shown = await runCommand(person, "workbench", key);
  if (!shown.ok) return shown;
  const skip = shown.value.workbench?.log.find((entry) => entry.do === "skip" && entry.stands);
  return skip === undefined
    ? runCommand(person, "build", key)
    : runCommand(person, "decide", { ...key, decision: { do: "undo", of: skip.n } });
}

function nothingYet(c: Context<DeskEnv>, path: string, outcome: Outcome<unknown>) {
  if (outcome.ok) return missingPage(c, noSuchEdition, "Edition not found");
  const next = { href: path, label: "Edit the edition" };
  const text = outcome.fault.code === "no-edition" ? "This edition isn't drafted yet." : outcome.fault.message;
  return c.html(noticePage({ title: "Nothing to send yet", text, next, ...c.var }), statusOf(outcome.fault));
}

async function act(ports: SendingPorts, c: Context<DeskEnv>) {
  const found = editionAt(ports.newsletters, c);
  if (found === undefined) return missingPage(c, noSuchEdition, "Edition not found");
  const field = (name: string) => fieldOf(c.var.body, name);
  const action = actions.find((one) => one === field("do"));
  const done: Outcome<unknown> =
    action === undefined
      ? fault("bad-request", "This page is out of date. Reload it and try again.")
      : await perform(ports.runCommand, c.var.person, action, editionKeyOf(found), field);
  return done.ok
    ? c.redirect(`${found.path}/send`, 303)
    : show(ports, c, { refused: done.fault, note: action === "note" ? field("text") : "" });
}

/**
 * Each button is one command. The hash of the email shown on this page is sent along, so only that one is sent or
 * approved.
 */
function perform(
  runCommand: RunCommand,
  person: Person,
  action: Action,
  key: Key,
  field: (name: string) => string,
): Promise<Outcome<unknown>> {
  const hash = field("hash") === "" ? {} : { hash: field("hash") };
  const anyway = field("anyway") === "yes";
  switch (action) {
    case "skip":
      return runCommand(person, "decide", {
        ...key,
        decision: { do: "skip", ...(field("reason") ? { reason: field("reason") } : {}) },
      });
    case "reopen":
      return reopen(runCommand, person, key);
    case "correct":
      return runCommand(person, "correct", { ...key, decisions: Number(field("decisions")) || 0 });
    case "approve":
      return runCommand(person, "approve", { ...key, ...hash, anyway });
    case "schedule":
      return runCommand(person, "schedule", {
        ...key,
        ...hash,
        anyway,
        at: field("at"),
        second: field("second") === "yes",
      });
    case "send":
      return runCommand(person, "send", { ...key, ...hash, anyway, after: WINDOW });
    case "resume":
      return runCommand(person, "resume", { ...key, anyway });
    case "resolve":
      return runCommand(person, "resolve", {
        ...key,
        ...(field("call") === "" ? { all: true } : { all: false, call: field("call") }),
        as: field("as") === "resend" ? "resend" : "delivered",
      });
    case "note":
      return runCommand(person, "note", { ...key, text: field("text") });
    case "withdraw":
    case "pause":
    case "cancel":
    case "retry":
      return runCommand(person, action, key);
  }
}
