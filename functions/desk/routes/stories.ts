import type { Context, Hono } from "hono";
import * as z from "zod";
import type { PageFacts } from "#domain/article/page-facts.ts";
import { isAllowed } from "#functions/desk-command/contract.ts";
import { html } from "#templates/text/html.ts";
import { fieldOf } from "../access/body.ts";
import type { DeskEnv } from "../access/person.ts";
import { deskPage } from "../views/frame.ts";
import { noticePage } from "../views/notice.ts";
import { ownStoryView } from "../views/own-story.ts";
import { storyView } from "../views/story-page.ts";
import { editionAt, editionRoute } from "./edition-at.ts";
import type { EditingPorts } from "./edition-showing.ts";
import { isScript, missingPage, noSuchEdition } from "./notice-answers.ts";
import { statusOf } from "./status.ts";

/** Pages for a single story, and for pages that no source has. */
export function addStories(app: Hono<DeskEnv>, ports: EditingPorts): void {
  app.get(`${editionRoute}/story/:story`, (c) => showStory(ports, c));
  app.post(`${editionRoute}/page`, (c) => lookUpPage(ports, c));
}

async function showStory(ports: EditingPorts, c: Context<DeskEnv>) {
  const key = editionAt(ports.newsletters, c);
  if (key === undefined) return notFound(c, noSuchEdition);
  const { person, token } = c.var;
  const { newsletter, date, path, language } = key;
  const shown = await ports.runCommand(person, "story", { newsletter, date, story: c.req.param("story") ?? "" });
  if (!shown.ok) {
    if (isScript(c)) return c.json({ fault: shown.fault }, statusOf(shown.fault));
    const next = { href: path, label: "Back to the edition" };
    return c.html(
      noticePage({ title: "No such story", text: shown.fault.message, next, ...c.var }),
      statusOf(shown.fault),
    );
  }
  const mayEdit = isAllowed(person.role, "decide");
  const { story } = shown.value;
  const body = storyView({ story, newsletter, date, language, token, path, mayEdit, now: ports.now() });
  return answer(c, body, { title: "Picture and articles", path });
}

/** In a dialog with the script, otherwise as a page. */
function answer(
  c: Context<DeskEnv>,
  body: ReturnType<typeof storyView>,
  { title, path }: { title: string; path: string },
) {
  if (isScript(c)) return c.json({ fault: null, title, html: body.markup, token: c.var.token });
  const whole = html`<div class="sheet-page"><h1><a href="${path}">Back to the edition</a></h1><h2>${title}</h2>${body}</div>`;
  return c.html(deskPage({ title, person: c.var.person, token: c.var.token, body: whole }));
}

const notFound = (c: Context<DeskEnv>, text: string) =>
  isScript(c) ? c.json({ fault: { code: "bad-request", message: text } }, 404) : missingPage(c, text);

const PageBody = z.object({ url: z.string().max(4000) });

/** A pasted page's metadata, in a form to correct it before it is added. */
async function lookUpPage(ports: EditingPorts, c: Context<DeskEnv>) {
  const key = editionAt(ports.newsletters, c);
  if (key === undefined) return notFound(c, "No such edition.");
  const { body, person, token } = c.var;
  const url = isScript(c) ? (PageBody.safeParse(body.json).data?.url ?? "") : fieldOf(body, "url").trim();
  const read = await ports.runCommand(person, "page", { url });
  if (!read.ok && read.fault.code === "not-allowed") return notFound(c, read.fault.message);
  const page: PageFacts = read.ok
    ? read.value.page
    : { url, title: "", source: "", summary: "", image: null, language: null };
  const view = ownStoryView({
    page,
    problem: read.ok ? null : read.fault.message,
    path: key.path,
    token,
    language: key.language,
  });
  return answer(c, view, { title: "Add a page", path: key.path });
}
