import { type Answer, button, isComposing } from "../page.ts";
import { isSameText, THEIRS } from "../patch.ts";
import type { Saving } from "../saving/saving.ts";
import type { Store } from "../store.ts";
import { type Kept, keptTexts } from "./kept-texts.ts";
import { decisionOf, mayBeEmpty, textAfter, textIn } from "./text-decision.ts";
import { type Field, fieldsIn, isField, markSaved, note, savedIn, showCount, textInAnswer } from "./text-field.ts";

/** Milliseconds after the last keystroke until a text is saved. */
const PAUSE = 800;

type Texts = ReturnType<typeof openTexts>;

/** Texts that are saved a moment after the last keystroke, and are never lost. */
export function watchTexts(desk: HTMLElement, saving: Saving, store: Store) {
  const kept = keptTexts(store);
  const texts = openTexts(saving, kept);
  watchWriting(desk, saving, texts);
  watchLeaving(desk, texts);
  return {
    restore(): void {
      for (const [field, words] of kept.unsaved()) restore(field, words, saving, texts);
    },
  };
}

/** Saves texts, and lets the person choose if someone else changed the text meanwhile. */
function openTexts(saving: Saving, { keep, forget }: ReturnType<typeof keptTexts>) {
  const timers = new Map<string, number>();
  /** The field that was saved since the person came to it. */
  let writtenIn: Field | null = null;

  const expected = (field: Field) => textAfter(saving.pending(), field.dataset, field.dataset.base ?? savedIn(field));

  function cancel({ id }: Field): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  /** @param was the text that this replaces; known if someone has just chosen */
  function saveNow(field: Field, was: string | undefined = expected(field)) {
    cancel(field);
    const text = field.value;
    const { dirty, conflict, sent } = field.dataset;
    if (dirty === undefined || conflict !== undefined || sent === text) return;
    if (text.trim() === "" && !mayBeEmpty(field.dataset)) {
      return note(field, "This field can't be empty. It's saved once you write something.");
    }
    note(field, null);
    field.dataset.sent = text;
    const decision = { ...decisionOf(field.dataset, text, was), ...(writtenIn === field ? { continues: true } : {}) };
    writtenIn = field;
    saving.decide(decision, (answer) => arrived(field, text, answer));
  }

  function saveSoon(field: Field): void {
    clearTimeout(timers.get(field.id));
    timers.set(
      field.id,
      setTimeout(() => saveNow(field), PAUSE),
    );
  }

  function arrived(field: Field, text: string, answer: Answer) {
    const { fault } = answer;
    delete field.dataset.sent;
    if (fault?.code === "conflict") {
      return refused(field, textInAnswer(answer, field.id) ?? savedIn(field), fault.message);
    }
    if (fault) return note(field, fault.message);
    if (field.dataset.conflict !== undefined) note(field, null);
    delete field.dataset.conflict;
    markSaved(field, text);
    forget(field, text);
  }

  function theirs(field: Field, text: string): void {
    // Neither our own saved text nor the text from when we started writing is a conflict.
    const { base, sent, conflict } = field.dataset;
    const isOurs = [base, sent, field.value].some((one) => isSameText(one ?? "", text));
    if (isOurs || conflict === text) return;
    const shown = text.length > 160 ? `${text.slice(0, 160)}…` : text;
    choose(field, text, `Someone else wrote “${shown}” meanwhile; your text isn't saved over it.`);
  }

  /** The server has another person's text. If it is the same as ours, there is nothing to choose. */
  function refused(field: Field, text: string, message: string): void {
    if (field.dataset.dirty !== undefined && !isSameText(field.value, text)) choose(field, text, message);
  }

  function choose(field: Field, text: string, message: string): void {
    field.dataset.conflict = text;
    const resolve = (choice: "mine" | "theirs") => () => {
      delete field.dataset.conflict;
      if (choice === "theirs") field.value = text;
      markSaved(field, text);
      keep(field);
      note(field, null);
      showCount(field);
      saveNow(field, text);
      field.focus();
    };
    note(field, `${message} `, button("Keep mine", resolve("mine")), " ", button("Use theirs", resolve("theirs")));
  }

  return {
    keep,
    cancel,
    expected,
    saveNow,
    saveSoon,
    leave(field: Field): void {
      saveNow(field);
      writtenIn = null;
    },
    arrived,
    theirs,
    isWaiting: ({ id }: Field): boolean => timers.has(id),
  };
}

/** Restores unsaved text of a closed tab or an ended session into its field. */
function restore(field: Field, { text, base }: Kept, saving: Saving, texts: Texts): void {
  const now = savedIn(field);
  field.dataset.base = base;
  field.value = text;
  field.dataset.dirty = "";
  showCount(field);
  const editor = field.closest("details");
  if (editor) editor.open = true;
  const isWaiting = saving.waiting(
    (answer) => texts.arrived(field, text, answer),
    (decision) => isSameText(textIn(decision, field.dataset) ?? "", text),
  );
  const isKnown = [base, texts.expected(field) ?? base].some((one) => isSameText(one, now));
  if (isWaiting) field.dataset.sent = text;
  else if (isKnown) texts.saveNow(field);
  else texts.theirs(field, now);
}

function watchWriting(desk: HTMLElement, saving: Saving, texts: Texts): void {
  desk.addEventListener("input", (event) => {
    const { target } = event;
    if (!isField(target)) return;
    // If nothing is unsaved, writing starts now, from the current text.
    if (target.dataset.dirty === undefined) target.dataset.base = savedIn(target);
    texts.keep(target);
    showCount(target);
    const isSaved = target.dataset.dirty === undefined;
    saving.say(isSaved ? "All changes saved" : "Editing…", isSaved ? "saved" : "waiting");
    // Text that an input method is composing isn't saved, because it isn't final.
    if (event instanceof InputEvent && event.isComposing) texts.cancel(target);
    else texts.saveSoon(target);
  });
  desk.addEventListener("compositionend", ({ target }) => {
    if (isField(target)) texts.saveSoon(target);
  });
  desk.addEventListener(THEIRS, (event) => {
    if (isField(event.target) && event instanceof CustomEvent) texts.theirs(event.target, String(event.detail));
  });
  // A headline is one line, so Return saves it, except while an input method is composing.
  desk.addEventListener("keydown", (event) => {
    const { target } = event;
    if (!isField(target) || isComposing(event)) return;
    if (event.key === "Enter" && target.dataset.field !== "paragraphs") {
      event.preventDefault();
      texts.saveNow(target);
    }
    if (event.key === "Escape") target.closest("details")?.querySelector("summary")?.focus();
  });
}

function watchLeaving(desk: HTMLElement, texts: Texts): void {
  desk.addEventListener("focusout", ({ target }) => {
    if (isField(target)) texts.leave(target);
  });
  addEventListener("pagehide", () => {
    for (const field of fieldsIn(desk)) if (texts.isWaiting(field)) texts.keep(field);
  });
}
