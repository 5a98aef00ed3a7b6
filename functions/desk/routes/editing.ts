import type { Context, Hono } from "hono";
import { PRESENCE_TIMEOUT } from "#domain/desk/presence.ts";
import { editionKeyOf } from "#domain/edition/edition.ts";
import type { Workbench } from "#domain/edition/views/workbench.ts";
import type { Fault, Outcome } from "#domain/outcome.ts";
import { isAllowed } from "#functions/desk-command/contract.ts";
import type { DeskEnv } from "../access/person.ts";
import { version } from "../files.ts";
import { partsOf } from "../views/edition/edition-parts.ts";
import { noticePage } from "../views/notice.ts";
import { decisionIn, type EditRequest, formDecision, havingIn, stillIn } from "./editing-request.ts";
import { type EditionAt, editionAt, editionRoute } from "./edition-at.ts";
import {
  type EditingPorts,
  type Notice,
  noEdition,
  pageModel,
  readWorkbench,
  redirectToNearest,
  showCheck,
  showEdition,
  showFound,
  showPreview,
  unreadable,
} from "./edition-showing.ts";
import { isScript, missingPage, noSuchEdition } from "./notice-answers.ts";
import { statusOf } from "./status.ts";
import { sendTests, testAddresses } from "./test-mails.ts";

/** Editing: the edition's page, decisions, and the preview. */
export function addEditing(app: Hono<DeskEnv>, ports: EditingPorts): void {
  app.get("/:newsletter", (c) => redirectToNearest(ports, c));
  app.get(editionRoute, (c) => showEdition(ports, c, null));
  app.post(editionRoute, (c) => change(ports, c));
  app.get(`${editionRoute}/parts`, (c) => poll(ports, c));
  app.get(`${editionRoute}/find`, (c) => showFound(ports, c));
  app.get(`${editionRoute}/preview/:view`, (c) => showPreview(ports, c));
  app.get(`${editionRoute}/check`, (c) => showCheck(ports, c));
  app.post(`${editionRoute}/test`, (c) => sendTest(ports, c));
}

/** One decision: by a form, which gets the page again, or by the page's script, which gets the changed parts. */
async function change(ports: EditingPorts, c: Context<DeskEnv>) {
  const edition = editionAt(ports.newsletters, c);
  if (edition === undefined) return missingPage(c, noSuchEdition);
  const { body } = c.var;
  const request = isScript(c) ? decisionIn(body.json) : formDecision(Object.fromEntries(body.fields));
  if (isScript(c) && !request.ok) return c.json({ fault: request.fault }, 400);
  const done: Outcome<{ workbench: Workbench }> = request.ok
    ? await giveDecision(ports, c, edition, request.value)
    : request;
  if (!isScript(c)) return formAnswer(ports, c, edition, request, done);
  return done.ok ? parts(c, edition, done.value.workbench, {}) : answerWithParts(ports, c, edition, done.fault);
}

function giveDecision(ports: EditingPorts, c: Context<DeskEnv>, edition: EditionAt, request: EditRequest) {
  const { person } = c.var;
  const key = editionKeyOf(edition);
  if (request.decision === "build") return ports.runCommand(person, "build", key);
  return ports.runCommand(person, "decide", { ...key, decision: request.decision, key: request.key });
}

function formAnswer(
  ports: EditingPorts,
  c: Context<DeskEnv>,
  edition: EditionAt,
  request: Outcome<EditRequest>,
  done: Outcome<unknown>,
) {
  if (!done.ok && statusOf(done.fault) === 403) return refusePage(c, edition, done.fault.message);
  if (!done.ok) return showEdition(ports, c, noticeOf(done.fault));
  const story =
    request.ok && request.value.story !== undefined
      ? `#row-${encodeURIComponent(request.value.story.toWellFormed())}`
      : "";
  return c.redirect(`${edition.path}${story}`, 303);
}

const noticeOf = (fault: Fault): Notice => ({ text: fault.message, fault });

/**
 * Something this person's role may not do. Their pages have no such button, so it was sent by hand or from an old page.
 */
function refusePage(c: Context<DeskEnv>, { path }: EditionAt, text: string) {
  const next = { href: path, label: "Back to the edition" };
  return c.html(noticePage({ title: "Nothing was changed", text, next, ...c.var }), 403);
}

type Present = { name: string; at: string };

/** The parts of the page that differ from those the script has. */
async function answerWithParts(
  ports: EditingPorts,
  c: Context<DeskEnv>,
  edition: EditionAt,
  fault: Fault | null,
  people?: Present[],
) {
  const made = await readWorkbench(ports, c, editionKeyOf(edition));
  if (!made.ok || !("rows" in made.value)) return c.json({ fault: made.ok ? unreadable : made.fault }, 409);
  return parts(c, edition, made.value, { fault, people });
}

function parts(
  c: Context<DeskEnv>,
  at: EditionAt,
  bench: Workbench,
  { fault = null, people }: { fault?: Fault | null; people?: Present[] | undefined },
) {
  const parts = partsOf(pageModel(c, at, bench), havingIn(c.req.header("x-desk-have")));
  const { decisions, edition, now } = bench;
  const still = { decisions, rev: edition.rev, state: edition.state };
  return c.json({ fault, parts, still, hash: edition.hash, now, token: c.var.token, people, version });
}

/** Requested every few seconds by each open page; the answer is empty while nothing has changed. */
async function poll(ports: EditingPorts, c: Context<DeskEnv>) {
  const edition = editionAt(ports.newsletters, c);
  if (edition === undefined) return noEdition(c);
  const unless = stillIn(c.req.query());
  const request = await ports.runCommand(c.var.person, "workbench", {
    ...editionKeyOf(edition),
    ...(unless ? { unless } : {}),
  });
  const people = await otherPeople(ports, c, edition);
  if (request.ok && request.value.workbench === null)
    return c.json({ fault: null, parts: {}, token: c.var.token, people, version });
  return answerWithParts(ports, c, edition, request.ok ? null : request.fault, people);
}

/** Records that this person is here, and returns who else is. */
async function otherPeople(
  { presence, now }: EditingPorts,
  c: Context<DeskEnv>,
  edition: EditionAt,
): Promise<Present[]> {
  const { id, name } = c.var.person;
  const seenAt = Date.parse(now());
  await presence.put(editionKeyOf(edition), { id, name, at: (c.req.query("at") ?? "").slice(0, 100), seenAt });
  const all = await presence.all(editionKeyOf(edition));
  return all
    .filter((one) => one.id !== id && seenAt - one.seenAt < PRESENCE_TIMEOUT)
    .map(({ name, at }) => ({ name, at }));
}

async function sendTest(ports: EditingPorts, c: Context<DeskEnv>) {
  const edition = editionAt(ports.newsletters, c);
  if (edition === undefined) return noEdition(c);
  const { person } = c.var;
  if (!isAllowed(person.role, "test")) return refusePage(c, edition, "Sending a test needs the role editor.");
  const to = testAddresses(c.var, isScript(c));
  if (to === undefined) {
    return c.json({ fault: { code: "bad-request", message: "The request is malformed. Reload the page." } }, 400);
  }
  const results = await sendTests(ports, person, editionKeyOf(edition), to);
  if (!results.ok)
    return isScript(c) ? c.json({ fault: results.fault }) : showEdition(ports, c, noticeOf(results.fault));
  if (isScript(c)) return c.json({ fault: null, results: results.value });
  const failed = results.value.find(({ sent }) => !sent);
  const text = results.value.map((one) => one.text).join(" ");
  return showEdition(ports, c, failed ? noticeOf({ code: "bad-address", message: text }) : { text });
}
