import type { Context } from "hono";
import type { Presence } from "#domain/desk/presence.ts";
import { type EditionKey, editionKeyOf } from "#domain/edition/edition.ts";
import type { Workbench } from "#domain/edition/views/workbench.ts";
import type { Fault } from "#domain/outcome.ts";
import { isAllowed } from "#functions/desk-command/contract.ts";
import type { DeskEnv } from "../access/person.ts";
import type { RunCommand } from "../ask.ts";
import { base } from "../contract.ts";
import { verdict } from "../parts/finding.ts";
import { foundList } from "../views/edition/edition-candidates.ts";
import { checkList } from "../views/edition/edition-check.ts";
import { editionPage } from "../views/edition/edition-page.ts";
import { emptyPreview, isView, previewPage, previewPolicy, undraftedPolicy } from "../views/edition/preview.ts";
import { type EditionAt, editionAt, type Newsletter } from "./edition-at.ts";
import type { EditionPageModel } from "./edition-page-model.ts";
import { faultPage, missingPage, noSuchEdition } from "./notice-answers.ts";
import { statusOf } from "./status.ts";

export type EditingPorts = {
  newsletters: readonly Newsletter[];
  /** Runs commands in the name of the signed-in person. */
  runCommand: RunCommand;
  /** An instant. */
  now: () => string;
  presence: {
    put: (key: EditionKey, presence: Presence) => Promise<void>;
    all: (key: EditionKey) => Promise<Presence[]>;
  };
};

/** A page's message about what was just done. */
export type Notice = { text: string; fault?: Fault };

export const unreadable: Fault = { code: "internal", message: "Can't read the edition. Try again." };

/** Today's edition while it can still be sent, else tomorrow's. */
export async function redirectToNearest(ports: EditingPorts, c: Context<DeskEnv>) {
  const found = ports.newsletters.find(({ name }) => name === c.req.param("newsletter"));
  if (found === undefined) return missingPage(c, `There is no newsletter “${c.req.param("newsletter")}”.`);
  const today = await ports.runCommand(c.var.person, "workbench", { newsletter: found.name });
  if (!today.ok || today.value.workbench === null) return faultPage(c, today.ok ? unreadable : today.fault);
  const { edition, drafted, outlook } = today.value.workbench;
  const isOver =
    ["sending", "sent", "over", "window-passed"].includes(outlook.kind) || (outlook.kind === "no-time" && !drafted);
  return c.redirect(`${base}/${found.name}/${isOver ? dayAfter(edition.date) : edition.date}`);
}

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T12:00:00.000Z`) + 86_400_000).toISOString().slice(0, 10);

export async function readWorkbench(
  ports: EditingPorts,
  c: Context<DeskEnv>,
  request: { newsletter: string; date: string; since?: number },
) {
  const made = await ports.runCommand(c.var.person, "workbench", request);
  return made.ok && made.value.workbench !== null ? { ok: true as const, value: made.value.workbench } : made;
}

export async function showEdition(ports: EditingPorts, c: Context<DeskEnv>, notice: Notice | null) {
  const edition = editionAt(ports.newsletters, c);
  if (edition === undefined) return missingPage(c, noSuchEdition);
  const since = /^\d{1,6}$/.exec(c.req.query("since") ?? "")?.[0];
  const made = await readWorkbench(ports, c, { ...editionKeyOf(edition), ...(since ? { since: Number(since) } : {}) });
  if (!made.ok || !("rows" in made.value)) return faultPage(c, made.ok ? unreadable : made.fault);
  const found = c.req.query("q") === undefined ? null : await findStories(ports, c, edition);
  const status = notice?.fault === undefined ? 200 : statusOf(notice.fault);
  return c.html(
    editionPage(pageModel(c, edition, made.value), {
      notice: notice && { text: notice.text, isFault: notice.fault !== undefined },
      found,
    }),
    status,
  );
}

export const pageModel = (c: Context<DeskEnv>, edition: EditionAt, bench: Workbench): EditionPageModel => ({
  bench,
  newsletter: { name: edition.newsletter, title: edition.title, language: edition.language },
  date: edition.date,
  person: c.var.person,
  token: c.var.token,
  path: edition.path,
  mayEdit: isAllowed(c.var.person.role, "decide") && isOpen(bench),
});

/** Whether its text can still be changed. */
const isOpen = ({ edition, drafted, isCorrectable, outlook: { at }, now }: Workbench): boolean =>
  !drafted || isCorrectable || edition.state === "draft" || (edition.state === "approved" && at !== null && at > now);

/** Blockers and warnings; with `links`, its links are tried too. */
export async function showCheck(ports: EditingPorts, c: Context<DeskEnv>) {
  const edition = editionAt(ports.newsletters, c);
  if (edition === undefined) return noEdition(c);
  const links = c.req.query("links") === "yes";
  const made = await ports.runCommand(c.var.person, "check", { ...editionKeyOf(edition), links });
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

/** The page's script requested an invalid edition. */
export const noEdition = (c: Context<DeskEnv>) =>
  c.json({ fault: { code: "bad-request", message: "No such edition." } }, 404);

async function findStories(ports: EditingPorts, c: Context<DeskEnv>, edition: EditionAt) {
  const words = c.req.query("q") ?? "";
  const found = await ports.runCommand(c.var.person, "find", { ...editionKeyOf(edition), words });
  return { words, stories: found.ok ? found.value.stories : [], fault: found.ok ? null : found.fault.message };
}

export async function showFound(ports: EditingPorts, c: Context<DeskEnv>) {
  const edition = editionAt(ports.newsletters, c);
  if (edition === undefined) return noEdition(c);
  const found = await findStories(ports, c, edition);
  return c.json({
    fault: null,
    html: foundList(found, { path: edition.path, token: c.var.token, language: edition.language }).markup,
  });
}

/** The email exactly as sent, shown as in one kind of mail program. */
export async function showPreview(ports: EditingPorts, c: Context<DeskEnv>) {
  const edition = editionAt(ports.newsletters, c);
  const view = c.req.param("view") ?? "";
  if (edition === undefined || !isView(view)) return missingPage(c, "No such view of an edition.");
  const request = { ...editionKeyOf(edition), email: true, undrafted: true };
  const shown = await ports.runCommand(c.var.person, "show", request);
  const isDrafted = !shown.ok || shown.value.edition.rev > 0;
  c.header("Content-Security-Policy", isDrafted ? previewPolicy : undraftedPolicy);
  c.header("Referrer-Policy", "no-referrer");
  c.header("Content-Type", "text/html; charset=utf-8");
  if (!shown.ok || shown.value.email === null) {
    return c.body(emptyPreview("There are too few stories for an email so far."));
  }
  return c.body(previewPage(view, shown.value.email, edition.title));
}
