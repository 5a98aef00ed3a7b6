import * as z from "zod";
import { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import { EditionState } from "#domain/edition/edition.ts";
import { fault, type Outcome } from "#domain/outcome.ts";

/** A request about an edition, and the story at which the page is shown again. */
export type EditRequest = { decision: DecisionInput | "build"; key?: string | undefined; story?: string | undefined };

const Body = z.object({
  decision: z.union([z.literal("build"), DecisionInput]),
  key: z.string().min(8).max(100),
});

/** The page's script sends its decision in final form, with the request's key. */
export function decisionIn(body: unknown): Outcome<EditRequest> {
  const parsed = Body.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  return fault("bad-request", `That cannot be done: ${parsed.error.issues[0]?.message ?? "the request is damaged"}.`);
}

/** What the script has: the hash of each part of the page. */
export function havingIn(header: string | undefined): Record<string, string> {
  const pairs = (header ?? "").split(" ").map((pair) => pair.split(":"));
  return Object.fromEntries(pairs.flatMap(([name, hash]) => (name && hash ? [[name, hash]] : [])));
}

/** The version that the script last saw; there is no answer while it is current. */
const Still = z.object({
  decisions: z.coerce.number().int(),
  rev: z.coerce.number().int(),
  state: EditionState,
});
export const stillIn = (query: unknown): z.infer<typeof Still> | undefined => Still.safeParse(query).data;

const Fields = z.record(z.string(), z.unknown());

/** A form's fields: `do`, and those that belong to it. */
export function formDecision(raw: unknown): Outcome<EditRequest> {
  const fields = Fields.parse(raw);
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : undefined);
  const story = text("story");
  if (text("do") === "build") return { ok: true, value: { decision: "build" } };
  const parsed = DecisionInput.safeParse(given(text, story));
  if (!parsed.success) return fault("bad-request", "That cannot be done: a field of the form is empty or wrong.");
  return { ok: true, value: { decision: parsed.data, story } };
}

/** `do` may have a position or fields after a colon, so a button contains everything it does. */
function given(text: (name: string) => string | undefined, story: string | undefined): object {
  const [kind = "", more] = (text("do") ?? "").split(":");
  const number = (value: string | undefined) => (value === undefined || value === "" ? undefined : Number(value));
  switch (kind) {
    case "move":
      return { do: kind, story, to: number(more ?? text("to")) };
    case "rewrite":
      return { do: kind, story, ...rewritten(text) };
    case "reset":
      return { do: kind, story, fields: more === undefined ? undefined : [more] };
    case "undo":
      return { do: kind, of: number(more) };
    case "add":
      return { do: kind, story, at: number(more ?? text("at")), ...pageIn(text) };
    case "summary":
      return { do: kind, story, text: text("summary")?.trim() || null };
    case "picture":
      return { do: kind, story, ...pictured(text) };
    case "split":
      return { do: kind, story, articles: [text("article")] };
    case "join":
      return { do: kind, story, other: text("other") };
    case "skip":
      return { do: kind, reason: text("reason") || undefined };
    default:
      return { do: kind, story };
  }
}

type Text = (name: string) => string | undefined;

/** Changes to a picture: which one, its focus and its alt text. */
function pictured(text: Text): object {
  const isNew = (name: string) => text(name) !== undefined && text(name) !== text(`was-${name}`);
  const at = text("automatic") === undefined ? `${text("x")},${text("y")}` : "";
  // An empty field isn't the left or upper edge.
  const percent = (name: string) => Number(text(name) || Number.NaN);
  const focus = at === "" ? null : { x: percent("x"), y: percent("y") };
  return {
    ...(isNew("picture") ? { picture: text("picture") || null } : {}),
    ...(text("was-focus") !== undefined && text("was-focus") !== at ? { focus } : {}),
    ...(isNew("alt") ? { alt: text("alt") } : {}),
  };
}

/** A page that no source has, with its metadata as corrected by the editor. */
function pageIn(text: Text): object {
  const image = z.string().safeParse(text("image")).data;
  return {
    title: text("title") || undefined,
    source: text("source") || undefined,
    summary: text("summary") || undefined,
    image: image && text("with-image") ? { url: image, alt: text("alt") ?? "", width: null, height: null } : undefined,
  };
}

function rewritten(text: (name: string) => string | undefined): object {
  // Unchanged text wasn't rewritten; browsers send line ends as two characters.
  const changed = (name: string) => {
    const now = text(name)?.replaceAll("\r\n", "\n");
    return now === text(`was-${name}`)?.replaceAll("\r\n", "\n") ? undefined : now;
  };
  const paragraphs = changed("paragraphs")
    ?.split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");
  const one = (name: string) => changed(name)?.trim() || undefined;
  return {
    title: one("title"),
    url: one("url"),
    paragraphs,
    subject: one("subject"),
    preheader: one("preheader"),
  };
}
