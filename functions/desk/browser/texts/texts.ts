import { type Answer, button, isComposing } from "../page.ts";
import { isSameText, THEIRS } from "../patch.ts";
import type { Saving } from "../saving/saving.ts";
import type { Store } from "../store.ts";
import { type Kept, keptTexts } from "./kept-texts.ts";
import { decisionOf, mayBeEmpty, textAfter, textIn } from "./text-decision.ts";
import { type Field, fieldsIn, isField, markSaved, note, savedIn, showCount, textInAnswer } from "./text-field.ts";

/** Milliseconds after the last letter after which a text is saved. */
const PAUSE = 800;

type Texts = ReturnType<typeof openTexts>;

/** Text that saves itself a moment after the last letter, and is never lost. */
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

/** Saves texts, and lets the person choose where someone else wrote another meanwhile. */
function openTexts(saving: Saving, { keep, forget }: ReturnType<typeof keptTexts>) {
  const timers = new Map<string, number>();

  const expected = (field: Field) => textAfter(saving.pending(), field.dataset, field.dataset.base ?? savedIn(field));

  function cancel({ id }: Field): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  /** @param was the text that this replaces; known where someone just chose */
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
    saving.decide(decisionOf(field.dataset, text, was), (answer) => arrived(field, text, answer));
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
    expected,
    saveNow,
    saveSoon,
    arrived,
    theirs,
    isWaiting: ({ id }: Field): boolean => timers.has(id),
  };
}

/** Puts words that a closed tab or an ended session left unsaved back into their field. */
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
  desk.addEventListener("input", ({ target }) => {
    if (!isField(target)) return;
    // Where nothing is unsaved, the writing begins now, over the text that is there now.
    if (target.dataset.dirty === undefined) target.dataset.base = savedIn(target);
    texts.keep(target);
    showCount(target);
    const isSaved = target.dataset.dirty === undefined;
    saving.say(isSaved ? "All changes saved" : "Editing…", isSaved ? "saved" : "waiting");
    texts.saveSoon(target);
  });
  desk.addEventListener(THEIRS, (event) => {
    if (isField(event.target) && event instanceof CustomEvent) texts.theirs(event.target, String(event.detail));
  });
  // A headline is one line: Return saves it. While an input method composes, its keys are its own.
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
    if (isField(target)) texts.saveNow(target);
  });
  addEventListener("pagehide", () => {
    for (const field of fieldsIn(desk)) if (texts.isWaiting(field)) texts.keep(field);
  });
}
