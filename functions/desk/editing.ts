import type { Context, Hono } from "hono";
import * as z from "zod";
import { PRESENCE_TIMEOUT, type Presence } from "#domain/desk/presence.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { Workbench } from "#domain/edition/workbench.ts";
import { type Fault, fault, type Outcome } from "#domain/outcome.ts";
import { LocalDate } from "#domain/time/instant.ts";
import { isAllowed } from "../desk-command/contract.ts";
import type { RunCommand } from "./ask.ts";
import { fieldOf } from "./body.ts";
import { base } from "./contract.ts";
import { decisionIn, type EditRequest, formDecision, havingIn, stillIn } from "./editing-request.ts";
import type { EditionPageModel, Newsletter } from "./edition-page-model.ts";
import { version } from "./files.ts";
import { verdict } from "./finding.ts";
import type { DeskEnv } from "./person.ts";
import { statusOf } from "./status.ts";
import { foundList } from "./views/edition-candidates.ts";
import { checkList } from "./views/edition-check.ts";
import { editionPage } from "./views/edition-page.ts";
import { partsOf } from "./views/edition-parts.ts";
import { noticePage } from "./views/notice.ts";
import { emptyPreview, isView, previewPage, previewPolicy, undraftedPolicy } from "./views/preview.ts";

export type EditingPorts = {
  newsletters: readonly Newsletter[];
  /** CommandOutput commands in the name of the person signed in. */
  runCommand: RunCommand;
  /** An instant. */
  now: () => string;
  presence: {
    put: (key: EditionKey, presence: Presence) => Promise<void>;
    all: (key: EditionKey) => Promise<Presence[]>;
  };
};

const at = "/:newsletter/:date{\\d{4}-\\d\\d-\\d\\d}";

/** An edition at work: its page, what is done to it, and what its readers would see. */
export function addEditing(app: Hono<DeskEnv>, ports: EditingPorts): void {
  app.get("/:newsletter", (c) => redirectToNearest(ports, c));
  app.get(at, (c) => show(ports, c, null));
  app.post(at, (c) => change(ports, c));
  app.get(`${at}/parts`, (c) => poll(ports, c));
  app.get(`${at}/find`, (c) => search(ports, c));
  app.get(`${at}/preview/:view`, (c) => preview(ports, c));
  app.get(`${at}/check`, (c) => check(ports, c));
  app.post(`${at}/test`, (c) => sendTest(ports, c));
}

const missingPage = (c: Context<DeskEnv>, text: string) =>
  c.html(noticePage({ title: "Page not found", text, next: { href: base, label: "Go to the desk" }, ...c.var }), 404);

function editionOf({ newsletters }: EditingPorts, c: Context<DeskEnv>): (Newsletter & { date: string }) | undefined {
  const found = newsletters.find(({ name }) => name === c.req.param("newsletter"));
  const date = c.req.param("date") ?? "";
  return found && LocalDate.safeParse(date).success ? { ...found, date } : undefined;
}

/** What a page says about what was just done. */
type Notice = { text: string; fault?: Fault };

/** Today's edition while it can still go out, else tomorrow's. */
async function redirectToNearest(ports: EditingPorts, c: Context<DeskEnv>) {
  const found = ports.newsletters.find(({ name }) => name === c.req.param("newsletter"));
  if (found === undefined) return missingPage(c, `There is no newsletter “${c.req.param("newsletter")}”.`);
  const today = await ports.runCommand(c.var.person, "workbench", { newsletter: found.name });
  if (!today.ok || today.value.workbench === null) return faultPage(c, today);
  const { edition, drafted, outlook } = today.value.workbench;
  const isOver =
    ["sending", "sent", "over", "window-passed"].includes(outlook.kind) || (outlook.kind === "no-time" && !drafted);
  return c.redirect(`${base}/${found.name}/${isOver ? dayAfter(edition.date) : edition.date}`);
}

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T12:00:00.000Z`) + 86_400_000).toISOString().slice(0, 10);

function faultPage(c: Context<DeskEnv>, outcome: Outcome<unknown>) {
  const text = outcome.ok ? "Can't read the edition. Try again." : outcome.fault.message;
  return c.html(noticePage({ title: "Something went wrong", text, ...c.var }), 409);
}

async function readWorkbench(
  ports: EditingPorts,
  c: Context<DeskEnv>,
  request: { newsletter: string; date: string; since?: number },
) {
  const made = await ports.runCommand(c.var.person, "workbench", request);
  return made.ok && made.value.workbench !== null ? { ok: true as const, value: made.value.workbench } : made;
}

async function show(ports: EditingPorts, c: Context<DeskEnv>, notice: Notice | null) {
  const key = editionOf(ports, c);
  if (key === undefined) return missingPage(c, "No such newsletter, or not a valid date.");
  const since = /^\d{1,6}$/.exec(c.req.query("since") ?? "")?.[0];
  const { name: newsletter, date } = key;
  const made = await readWorkbench(ports, c, { newsletter, date, ...(since ? { since: Number(since) } : {}) });
  if (!made.ok || !("rows" in made.value)) return faultPage(c, made);
  const found = c.req.query("q") === undefined ? null : await findStories(ports, c, { newsletter, date });
  const status = notice?.fault === undefined ? 200 : statusOf(notice.fault);
  return c.html(
    editionPage(pageModel(c, key, made.value), {
      notice: notice && { text: notice.text, isFault: notice.fault !== undefined },
      found,
    }),
    status,
  );
}

const pageModel = (c: Context<DeskEnv>, key: Newsletter & { date: string }, bench: Workbench): EditionPageModel => ({
  bench,
  newsletter: key,
  date: key.date,
  person: c.var.person,
  token: c.var.token,
  path: `${base}/${key.name}/${key.date}`,
  mayEdit: isAllowed(c.var.person.role, "decide") && isOpen(bench),
});

/** Whether its text can still be changed. */
const isOpen = ({ edition, drafted, isCorrectable, outlook: { at }, now }: Workbench): boolean =>
  !drafted || isCorrectable || edition.state === "draft" || (edition.state === "approved" && at !== null && at > now);

/** One decision: by a form, which gets its page again, or by the page's script, which gets the parts that changed. */
async function change(ports: EditingPorts, c: Context<DeskEnv>) {
  const key = editionOf(ports, c);
  if (key === undefined) return missingPage(c, "No such newsletter, or not a valid date.");
  const isScript = c.req.header("x-desk-token") !== undefined;
  const { body } = c.var;
  const request = isScript ? decisionIn(body.json) : formDecision(Object.fromEntries(body.fields));
  if (isScript && !request.ok) return c.json({ fault: request.fault }, 400);
  const done: Outcome<{ workbench: Workbench }> = request.ok
    ? await giveDecision(ports, c, key, request.value)
    : request;
  if (!isScript) return formAnswer(ports, c, key, request, done);
  return done.ok ? parts(c, key, done.value.workbench, {}) : answerWithParts(ports, c, key, done.fault);
}

async function giveDecision(
  ports: EditingPorts,
  c: Context<DeskEnv>,
  key: Newsletter & { date: string },
  request: EditRequest,
) {
  const edition = { newsletter: key.name, date: key.date };
  const { person } = c.var;
  if (request.decision === "build") return ports.runCommand(person, "build", edition);
  return ports.runCommand(person, "decide", { ...edition, decision: request.decision, key: request.key });
}

function formAnswer(
  ports: EditingPorts,
  c: Context<DeskEnv>,
  key: Newsletter & { date: string },
  request: Outcome<EditRequest>,
  done: Outcome<unknown>,
) {
  if (!done.ok && statusOf(done.fault) === 403) return refusePage(c, key, done.fault.message);
  if (!done.ok) return show(ports, c, { text: done.fault.message, fault: done.fault });
  const story =
    request.ok && request.value.story !== undefined
      ? `#row-${encodeURIComponent(request.value.story.toWellFormed())}`
      : "";
  return c.redirect(`${base}/${key.name}/${key.date}${story}`, 303);
}

/** What this person's role may not do. Their pages have no such button, so it came by hand or from an old page. */
function refusePage(c: Context<DeskEnv>, key: Newsletter & { date: string }, text: string) {
  const next = { href: `${base}/${key.name}/${key.date}`, label: "Back to the edition" };
  return c.html(noticePage({ title: "Nothing was changed", text, next, ...c.var }), 403);
}

/** The parts of the page that differ from what the script says it has. */
async function answerWithParts(
  ports: EditingPorts,
  c: Context<DeskEnv>,
  key: Newsletter & { date: string },
  fault: Fault | null,
  people?: { name: string; at: string }[],
) {
  const made = await readWorkbench(ports, c, { newsletter: key.name, date: key.date });
  if (!made.ok || !("rows" in made.value)) {
    return c.json(
      { fault: made.ok ? { code: "internal", message: "Can't read the edition. Try again." } : made.fault },
      409,
    );
  }
  return parts(c, key, made.value, { fault, people });
}

function parts(
  c: Context<DeskEnv>,
  key: Newsletter & { date: string },
  bench: Workbench,
  { fault = null, people }: { fault?: Fault | null; people?: { name: string; at: string }[] | undefined },
) {
  const parts = partsOf(pageModel(c, key, bench), havingIn(c.req.header("x-desk-have")));
  const { decisions, edition, now } = bench;
  const still = { decisions, rev: edition.rev, state: edition.state };
  return c.json({ fault, parts, still, hash: edition.hash, now, token: c.var.token, people, version });
}

/** Asked every few seconds by each open page: it answers with nothing while nothing happened. */
async function poll(ports: EditingPorts, c: Context<DeskEnv>) {
  const key = editionOf(ports, c);
  if (key === undefined) return c.json({ fault: { code: "bad-request", message: "No such edition." } }, 404);
  const unless = stillIn(c.req.query());
  const request = await ports.runCommand(c.var.person, "workbench", {
    newsletter: key.name,
    date: key.date,
    ...(unless ? { unless } : {}),
  });
  const people = await otherPeople(ports, c, key);
  if (request.ok && request.value.workbench === null)
    return c.json({ fault: null, parts: {}, token: c.var.token, people, version });
  return answerWithParts(ports, c, key, request.ok ? null : request.fault, people);
}

/** Says that this person is here, and who else is. */
async function otherPeople({ presence, now }: EditingPorts, c: Context<DeskEnv>, key: Newsletter & { date: string }) {
  const { id, name } = c.var.person;
  const seenAt = Date.parse(now());
  const edition = { newsletter: key.name, date: key.date };
  await presence.put(edition, { id, name, at: (c.req.query("at") ?? "").slice(0, 100), seenAt });
  const all = await presence.all(edition);
  return all
    .filter((one) => one.id !== id && seenAt - one.seenAt < PRESENCE_TIMEOUT)
    .map(({ name, at }) => ({ name, at }));
}

/** What is against sending it; with `links` its links are tried, too. */
async function check(ports: EditingPorts, c: Context<DeskEnv>) {
  const key = editionOf(ports, c);
  if (key === undefined) return c.json({ fault: { code: "bad-request", message: "No such edition." } }, 404);
  const links = c.req.query("links") === "yes";
  const made = await ports.runCommand(c.var.person, "check", { newsletter: key.name, date: key.date, links });
  if (!made.ok) return c.json({ fault: made.fault }, 409);
  const { findings, ready } = made.value.check;
  const blockers = findings.filter(({ level }) => level === "blocker").length;
  return c.json({
    fault: null,
    html: checkList(made.value.check).markup,
    ready,
    findings: findings.length,
    verdict: verdict(blockers, findings.length - blockers),
  });
}

async function findStories(ports: EditingPorts, c: Context<DeskEnv>, key: { newsletter: string; date: string }) {
  const words = c.req.query("q") ?? "";
  const found = await ports.runCommand(c.var.person, "find", { ...key, words });
  return { words, stories: found.ok ? found.value.stories : [], fault: found.ok ? null : found.fault.message };
}

async function search(ports: EditingPorts, c: Context<DeskEnv>) {
  const key = editionOf(ports, c);
  if (key === undefined) return c.json({ fault: { code: "bad-request", message: "No such edition." } }, 404);
  const found = await findStories(ports, c, { newsletter: key.name, date: key.date });
  const path = `${base}/${key.name}/${key.date}`;
  return c.json({ fault: null, html: foundList(found, { path, token: c.var.token }).markup });
}

/** The sender's own render, as one of its readers' programs would show it. */
async function preview(ports: EditingPorts, c: Context<DeskEnv>) {
  const key = editionOf(ports, c);
  const view = c.req.param("view") ?? "";
  if (key === undefined || !isView(view)) return missingPage(c, "No such view of an edition.");
  const shown = await ports.runCommand(c.var.person, "show", {
    newsletter: key.name,
    date: key.date,
    email: true,
    undrafted: true,
  });
  const isDrafted = !shown.ok || shown.value.edition.rev > 0;
  c.header("Content-Security-Policy", isDrafted ? previewPolicy : undraftedPolicy);
  c.header("Referrer-Policy", "no-referrer");
  c.header("Content-Type", "text/html; charset=utf-8");
  if (!shown.ok || shown.value.email === null) {
    return c.body(emptyPreview("There are too few stories for an email so far."));
  }
  return c.body(previewPage(view, shown.value.email, key.title));
}

async function sendTest(ports: EditingPorts, c: Context<DeskEnv>) {
  const key = editionOf(ports, c);
  if (key === undefined) return c.json({ fault: { code: "bad-request", message: "No such edition." } }, 404);
  if (!isAllowed(c.var.person.role, "test")) return refusePage(c, key, "Sending a test needs the role editor.");
  const isScript = c.req.header("x-desk-token") !== undefined;
  const { body } = c.var;
  const named = isScript ? TestBody.safeParse(body.json).data?.to : fieldOf(body, "to");
  if (named === undefined) {
    return c.json({ fault: { code: "bad-request", message: "The request is malformed. Reload the page." } }, 400);
  }
  const to = named.split(/[\s,;]+/).filter((one) => one !== "");
  const results = await sendTests(ports, c, key, to);
  if (!results.ok) return isScript ? c.json({ fault: results.fault }) : show(ports, c, noticeOf(results.fault));
  if (isScript) return c.json({ fault: null, results: results.value });
  const failed = results.value.find(({ sent }) => !sent);
  const text = results.value.map((one) => one.text).join(" ");
  return show(ports, c, failed ? noticeOf({ code: "bad-address", message: text }) : { text });
}

const noticeOf = (fault: Fault): Notice => ({ text: fault.message, fault });

const TestBody = z.object({ to: z.string() });

/** People a test may be sent to at once. */
const MOST_TEST_ADDRESSES = 10;

type TestResult = { to: string; sent: boolean; text: string };

/** One result for each address: a bad one doesn't make a failure of the others. */
async function sendTests(
  ports: EditingPorts,
  c: Context<DeskEnv>,
  key: Newsletter & { date: string },
  to: string[],
): Promise<Outcome<TestResult[]>> {
  if (to.length === 0) return fault("bad-request", "Enter an address, or several separated by commas.");
  if (to.length > MOST_TEST_ADDRESSES)
    return fault("bad-request", `A test goes to at most ${MOST_TEST_ADDRESSES} people. You entered ${to.length}.`);
  const results: TestResult[] = [];
  for (const one of to) {
    const sent = await ports.runCommand(c.var.person, "test", { newsletter: key.name, date: key.date, to: one });
    const text = sent.ok ? `Sent to ${one} (message ${sent.value.messageId}).` : `${one}: ${sent.fault.message}`;
    results.push({ to: one, sent: sent.ok, text });
  }
  return { ok: true, value: results };
}
