import { plain } from "./patch.js";

/** Text that saves itself a moment after the last letter, and is never lost. */

const PAUSE = 800;

export function watchTexts(desk, saving, store) {
  const timers = new Map();
  const kept = store.read("texts", {});
  const save = () => store.write("texts", Object.keys(kept).length > 0 ? kept : null);
  const fields = () => desk.querySelectorAll("textarea[data-field]");

  function keep(field) {
    const isChanged = field.value !== field.dataset.saved;
    if (isChanged) kept[field.id] = { text: field.value, base: field.dataset.base ?? field.dataset.saved };
    else delete kept[field.id];
    if (isChanged) field.dataset.dirty = "";
    else delete field.dataset.dirty;
    delete field.dataset.sent;
    save();
  }

  function forget(field, sent) {
    if (field.value !== sent) return;
    delete field.dataset.dirty;
    delete kept[field.id];
    save();
  }

  function note(field, text, ...buttons) {
    const place = field.parentElement.querySelector("[data-note]");
    place.hidden = !text;
    place.replaceChildren(text ?? "", ...buttons);
  }

  /** What the field says once all is there that is on its way; undefined where that is not known here. */
  function willSay(field) {
    let text = field.dataset.base ?? field.dataset.saved;
    for (const decision of saving.pending()) {
      text = saidIn(decision, field) ?? (["undo", "redo", "reset"].includes(decision.do) ? undefined : text);
    }
    return text;
  }

  /** @param was what it says that this is written over; known where somebody just chose */
  function sendNow(field, was = willSay(field)) {
    clearTimeout(timers.get(field.id));
    timers.delete(field.id);
    const text = field.value;
    if (field.dataset.dirty === undefined || field.dataset.conflict !== undefined || field.dataset.sent === text)
      return;
    const { field: name, story } = field.dataset;
    if (text.trim() === "" && name !== "paragraphs")
      return note(field, "Empty: it is saved when there are words in it.");
    const value =
      name === "paragraphs"
        ? text
            .split(/\n\s*\n/)
            .map((one) => one.trim())
            .filter(Boolean)
        : text.trim();
    note(field, null);
    field.dataset.sent = text;
    saving.decide({ do: "rewrite", ...(story ? { story } : {}), [name]: value, was: { [name]: was } }, (answer) =>
      arrived(field, text, answer),
    );
  }

  function arrived(field, text, { fault, parts }) {
    delete field.dataset.sent;
    if (fault?.code === "conflict")
      return refused(field, textIn(parts, field.id) ?? field.dataset.saved, fault.message);
    if (fault) return note(field, fault.message);
    if (field.dataset.conflict !== undefined) note(field, null);
    delete field.dataset.conflict;
    field.dataset.saved = text;
    field.dataset.base = text;
    forget(field, text);
  }

  function theirs(field, text) {
    // Our own text coming back while we write on is no conflict, nor is what it was when we began.
    const isOurs = [field.dataset.base, field.dataset.sent, field.value].some(
      (one) => plain(one ?? "") === plain(text),
    );
    if (isOurs || field.dataset.conflict === text) return;
    const said = text.length > 160 ? `${text.slice(0, 160)}…` : text;
    choose(field, text, `Somebody else wrote “${said}” meanwhile; yours is not saved over it.`);
  }

  /** The server has somebody else's text. Whoever took it already, after an earlier refusal, has nothing to choose. */
  function refused(field, text, message) {
    if (field.dataset.dirty !== undefined && plain(field.value) !== plain(text)) choose(field, text, message);
  }

  function choose(field, text, message) {
    field.dataset.conflict = text;
    const settle = (take) => {
      delete field.dataset.conflict;
      if (take) field.value = text;
      field.dataset.saved = text;
      field.dataset.base = text;
      keep(field);
      note(field, null);
      count(field);
      sendNow(field, text);
      field.focus();
    };
    note(
      field,
      `${message} `,
      button("Keep mine", () => settle(false)),
      " ",
      button("Take theirs", () => settle(true)),
    );
  }

  desk.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement) || !target.dataset.field) return;
    // Where nothing is unsaved, the writing begins now, over what stands there now.
    if (target.dataset.dirty === undefined) target.dataset.base = target.dataset.saved;
    keep(target);
    count(target);
    saving.say(target.dataset.dirty === undefined ? "All is saved" : "Writing…", "waiting");
    clearTimeout(timers.get(target.id));
    timers.set(
      target.id,
      setTimeout(() => sendNow(target), PAUSE),
    );
  });
  desk.addEventListener("focusout", ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.dataset.field) sendNow(target);
  });
  desk.addEventListener("desk:theirs", ({ target, detail }) => theirs(target, detail));
  // A headline is one line: Return saves it.
  desk.addEventListener("keydown", (event) => {
    const { target } = event;
    if (!(target instanceof HTMLTextAreaElement) || !target.dataset.field) return;
    if (event.key === "Enter" && target.dataset.field !== "paragraphs") {
      event.preventDefault();
      sendNow(target);
    }
    if (event.key === "Escape") target.closest("details")?.querySelector("summary")?.focus();
  });
  addEventListener("pagehide", () => {
    for (const field of fields()) if (timers.has(field.id)) keep(field);
  });

  return {
    flush() {
      for (const field of fields()) sendNow(field);
    },
    /** What a killed tab or an ended session left unsaved stands in its field again. */
    restore() {
      for (const [id, { text, base }] of Object.entries(kept)) {
        const field = document.getElementById(id);
        if (!(field instanceof HTMLTextAreaElement) || field.dataset.saved === text) {
          delete kept[id];
          continue;
        }
        const now = field.dataset.saved;
        field.dataset.base = base;
        field.value = text;
        field.dataset.dirty = "";
        count(field);
        const edit = field.closest("details");
        if (edit) edit.open = true;
        const isWaiting = saving.waiting(
          (answer) => arrived(field, text, answer),
          (decision) => plain(saidIn(decision, field) ?? "") === plain(text),
        );
        const isKnown = [base, willSay(field) ?? base].some((one) => plain(one) === plain(now));
        if (isWaiting) field.dataset.sent = text;
        else if (isKnown) sendNow(field);
        else theirs(field, now);
      }
      save();
    },
  };
}

/** What a decision makes a field say; undefined where it is about something else. */
function saidIn(decision, { dataset: { field: name, story } }) {
  if (decision.do !== "rewrite" || (decision.story ?? "") !== story || decision[name] === undefined) return undefined;
  return [decision[name]].flat().join("\n\n");
}

/** What the server says that a field says, where its answer tells. */
function textIn(parts, id) {
  for (const { html } of Object.values(parts ?? {})) {
    const page = document.createElement("template");
    page.innerHTML = html;
    const field = page.content.getElementById(id);
    if (field) return field.value;
  }
  return undefined;
}

function button(label, act) {
  const made = Object.assign(document.createElement("button"), {
    type: "button",
    className: "small",
    textContent: label,
  });
  made.addEventListener("click", act);
  return made;
}

export function count(field) {
  const place = field.parentElement.querySelector("[data-count]");
  if (!place) return;
  const most = Number(place.dataset.count.split(" ").at(-1));
  const length = [...field.value].length;
  place.firstElementChild.textContent = String(length);
  place.dataset.over = length > most ? "yes" : "no";
}
