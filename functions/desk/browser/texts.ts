import { type Answer, button, every, graphemes, isComposing } from "./page.ts";
import { isSameText, THEIRS } from "./patch.ts";
import type { Decision, Saving } from "./saving.ts";
import { isRecord, type Store } from "./store.ts";

/** Milliseconds after the last letter after which a text is saved. */
const PAUSE = 800;

type Field = HTMLTextAreaElement;
type Kept = { readonly text: string; readonly base: string };

/** Text that saves itself a moment after the last letter, and is never lost. */
export function watchTexts(desk: HTMLElement, saving: Saving, store: Store) {
  const timers = new Map<string, number>();
  const fields = (): Field[] => every(desk, "textarea[data-field]").filter((one) => one instanceof HTMLTextAreaElement);
  const savedIn = ({ dataset }: Field) => dataset.saved ?? "";

  function keep(field: Field): void {
    const isChanged = field.value !== savedIn(field);
    if (isChanged) {
      store.write(`text ${field.id}`, { text: field.value, base: field.dataset.base ?? savedIn(field) });
      field.dataset.dirty = "";
    } else {
      store.remove(`text ${field.id}`);
      delete field.dataset.dirty;
    }
    delete field.dataset.sent;
  }

  function forget(field: Field, sent: string): void {
    if (field.value !== sent) return;
    delete field.dataset.dirty;
    // Another tab may keep other words for the same field.
    if (store.read(`text ${field.id}`, isKept, undefined)?.text === sent) store.remove(`text ${field.id}`);
  }

  function note(field: Field, text: string | null, ...buttons: (Node | string)[]): void {
    const place = field.parentElement?.querySelector("[data-note]");
    if (!(place instanceof HTMLElement)) return;
    place.hidden = !text;
    place.replaceChildren(text ?? "", ...buttons);
  }

  /** What the field will contain once everything on its way has arrived; undefined where that isn't known here. */
  function expected(field: Field): string | undefined {
    let text: string | undefined = field.dataset.base ?? savedIn(field);
    for (const decision of saving.pending()) {
      const isUnclear = decision !== "build" && ["undo", "redo", "reset"].includes(decision.do);
      text = textIn(decision, field) ?? (isUnclear ? undefined : text);
    }
    return text;
  }

  /** @param was the text that this replaces; known where someone just chose */
  function sendNow(field: Field, was: string | undefined = expected(field)) {
    clearTimeout(timers.get(field.id));
    timers.delete(field.id);
    const text = field.value;
    const { dirty, conflict, sent, field: name = "", story } = field.dataset;
    if (dirty === undefined || conflict !== undefined || sent === text) return;
    if (text.trim() === "" && !["paragraphs", "summary"].includes(name)) {
      return note(field, "This field can't be empty. It's saved once you write something.");
    }
    note(field, null);
    field.dataset.sent = text;
    saving.decide(decisionOf({ name, story, text, was }), (answer) => arrived(field, text, answer));
  }

  function arrived(field: Field, text: string, { fault, parts }: Answer) {
    delete field.dataset.sent;
    if (fault?.code === "conflict") return refused(field, fieldIn(parts, field.id) ?? savedIn(field), fault.message);
    if (fault) return note(field, fault.message);
    if (field.dataset.conflict !== undefined) note(field, null);
    delete field.dataset.conflict;
    field.dataset.saved = text;
    field.dataset.base = text;
    forget(field, text);
  }

  function theirs(field: Field, text: string): void {
    // Our own text coming back while we write on isn't a conflict, nor is the text from when we began.
    const { base, sent, conflict } = field.dataset;
    const isOurs = [base, sent, field.value].some((one) => isSameText(one ?? "", text));
    if (isOurs || conflict === text) return;
    const shown = text.length > 160 ? `${text.slice(0, 160)}…` : text;
    choose(field, text, `Someone else wrote “${shown}” meanwhile; your text isn't saved over it.`);
  }

  /** The server has someone else's text. If it's the same as ours there is nothing to choose. */
  function refused(field: Field, text: string, message: string): void {
    if (field.dataset.dirty !== undefined && !isSameText(field.value, text)) choose(field, text, message);
  }

  function choose(field: Field, text: string, message: string): void {
    field.dataset.conflict = text;
    const resolve = (choice: "mine" | "theirs") => () => {
      delete field.dataset.conflict;
      if (choice === "theirs") field.value = text;
      field.dataset.saved = text;
      field.dataset.base = text;
      keep(field);
      note(field, null);
      showCount(field);
      sendNow(field, text);
      field.focus();
    };
    note(field, `${message} `, button("Keep mine", resolve("mine")), " ", button("Use theirs", resolve("theirs")));
  }

  desk.addEventListener("input", ({ target }) => {
    if (!isField(target)) return;
    // Where nothing is unsaved, the writing begins now, over the text that is there now.
    if (target.dataset.dirty === undefined) target.dataset.base = savedIn(target);
    keep(target);
    showCount(target);
    const isSaved = target.dataset.dirty === undefined;
    saving.say(isSaved ? "All changes saved" : "Editing…", isSaved ? "saved" : "waiting");
    clearTimeout(timers.get(target.id));
    timers.set(
      target.id,
      setTimeout(() => sendNow(target), PAUSE),
    );
  });
  desk.addEventListener("focusout", ({ target }) => {
    if (isField(target)) sendNow(target);
  });
  desk.addEventListener(THEIRS, (event) => {
    if (isField(event.target) && event instanceof CustomEvent) theirs(event.target, String(event.detail));
  });
  // A headline is one line: Return saves it. While an input method composes, its keys are its own.
  desk.addEventListener("keydown", (event) => {
    const { target } = event;
    if (!isField(target) || isComposing(event)) return;
    if (event.key === "Enter" && target.dataset.field !== "paragraphs") {
      event.preventDefault();
      sendNow(target);
    }
    if (event.key === "Escape") target.closest("details")?.querySelector("summary")?.focus();
  });
  addEventListener("pagehide", () => {
    for (const field of fields()) if (timers.has(field.id)) keep(field);
  });

  /** Puts words that were not saved back into their field. */
  function restoreOne(field: Field, { text, base }: Kept): void {
    const now = savedIn(field);
    field.dataset.base = base;
    field.value = text;
    field.dataset.dirty = "";
    showCount(field);
    const editor = field.closest("details");
    if (editor) editor.open = true;
    const isWaiting = saving.waiting(
      (answer) => arrived(field, text, answer),
      (decision) => isSameText(textIn(decision, field) ?? "", text),
    );
    const isKnown = [base, expected(field) ?? base].some((one) => isSameText(one, now));
    if (isWaiting) field.dataset.sent = text;
    else if (isKnown) sendNow(field);
    else theirs(field, now);
  }

  return {
    /** Words that a closed tab or an ended session left unsaved are back in their fields. */
    restore(): void {
      for (const name of store.keys("text ")) {
        const field = document.getElementById(name.slice("text ".length));
        const kept = store.read(name, isKept, undefined);
        if (kept && isField(field) && savedIn(field) !== kept.text) restoreOne(field, kept);
        else store.remove(name);
      }
    },
  };
}

const isField = (target: unknown): target is Field =>
  target instanceof HTMLTextAreaElement && target.dataset.field !== undefined;

const isKept = (value: unknown): value is Kept | undefined =>
  isRecord(value) && typeof value.text === "string" && typeof value.base === "string";

function decisionOf({
  name,
  story,
  text,
  was,
}: {
  name: string;
  story: string | undefined;
  text: string;
  was: string | undefined;
}): Decision {
  if (name === "summary") return { do: "summary", story, text: text.trim() || null, was };
  const value = name === "paragraphs" ? paragraphsIn(text) : text.trim();
  return { do: "rewrite", ...(story ? { story } : {}), [name]: value, was: { [name]: was } };
}

const paragraphsIn = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((one) => one.trim())
    .filter(Boolean);

/** The text a decision gives a field; undefined where it is about something else. */
function textIn(decision: Decision, { dataset: { field = "", story } }: Field): string | undefined {
  if (decision === "build" || (decision.story ?? "") !== story) return undefined;
  if (field === "summary") return decision.do === "summary" ? String(decision.text ?? "") : undefined;
  if (decision.do !== "rewrite") return undefined;
  const value = decision[field];
  return value === undefined ? undefined : [value].flat().join("\n\n");
}

/** The text of a field in the server's answer, if it's there. */
function fieldIn(parts: Answer["parts"], id: string): string | undefined {
  for (const { html } of Object.values(parts ?? {})) {
    const page = document.createElement("template");
    page.innerHTML = html;
    const field = page.content.getElementById(id);
    if (field instanceof HTMLTextAreaElement) return field.value;
  }
  return undefined;
}

function showCount(field: Field): void {
  const place = field.parentElement?.querySelector("[data-count]");
  if (!(place instanceof HTMLElement) || place.firstElementChild === null) return;
  const most = Number(place.dataset.count);
  const length = graphemes(field.value);
  place.firstElementChild.textContent = String(length);
  place.dataset.over = length > most ? "yes" : "no";
}
