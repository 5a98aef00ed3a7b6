import { type Answer, around, element, jsonOf, maybe, need } from "../page.ts";
import type { Saving } from "../saving/saving.ts";
import { watchCrop } from "./crop.ts";
import { formDecision } from "./sheet-form.ts";

export type Sheet = ReturnType<typeof watchSheet>;

type SheetAnswer = Answer & { readonly title?: string; readonly html?: string };

/** The dialog for content from the server: a story's picture and articles, or a pasted page. */
export function watchSheet(desk: HTMLElement, saving: Saving) {
  const sheet = openSheet(need(desk, "#sheet", HTMLDialogElement));
  watchForm(sheet, saving);

  async function ask(where: string, json?: object): Promise<SheetAnswer | undefined> {
    const post = { method: "POST", body: JSON.stringify(json), headers: { "content-type": "application/json" } };
    const response = await saving.runCommand(where, json ? post : {}).catch(() => null);
    return response ? jsonOf<SheetAnswer>(response) : undefined;
  }

  const ofStoryNamed = (story: string) =>
    sheet.open("Picture and articles", () => ask(`/story/${encodeURIComponent(story)}`));

  desk.addEventListener("click", (event) => {
    const link = around(event.target, "[data-sheet-of]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    ofStoryNamed(link.dataset.sheetOf ?? "");
  });
  return { open: sheet.open, ask, ofStory: (row: HTMLElement) => ofStoryNamed(row.dataset.story ?? "") };
}

/** The dialog, opened with the latest request, however late the answers come. */
function openSheet(dialog: HTMLDialogElement) {
  const heading = need(dialog, "#sheet-h", HTMLElement);
  const body = need(dialog, "[data-sheet-body]", HTMLElement);
  let latest = 0;
  let done = () => {};

  async function open(title: string, load: () => Promise<SheetAnswer | undefined>, isDone = () => {}): Promise<void> {
    latest += 1;
    const mine = latest;
    done = isDone;
    heading.textContent = title;
    body.replaceChildren(element("p", { className: "empty", text: "Loading…" }));
    if (!dialog.open) dialog.showModal();
    const answer = await load();
    if (mine !== latest || !dialog.open) return;
    if (answer?.html === undefined) {
      const text = answer?.fault?.message ?? "No connection. Close this and try again.";
      return body.replaceChildren(element("p", { className: "note", text }));
    }
    body.innerHTML = answer.html;
    watchCrop(body);
    maybe(body, "input:not([type=hidden]), select, button", HTMLElement)?.focus();
  }

  watchClosing(dialog);
  return { body, open, isOpen: () => dialog.open, close: () => dialog.close(), finish: () => done() };
}

/**
 * A press beside the dialog closes it, too; one that began inside and was drawn out of it, as when text is selected,
 * doesn't.
 */
function watchClosing(dialog: HTMLDialogElement): void {
  let began: EventTarget | null = null;
  dialog.addEventListener("pointerdown", ({ target }) => {
    began = target;
  });
  dialog.addEventListener("click", (event) => {
    const isBeside = event.target === dialog && began === dialog;
    if (!isBeside && !around(event.target, "[data-sheet-close]")) return;
    event.preventDefault();
    dialog.close();
  });
}

/** Makes the decision of the form in the dialog; a refusal is shown there, so it can be corrected. */
function watchForm({ body, isOpen, close, finish }: ReturnType<typeof openSheet>, saving: Saving): void {
  function note(text: string): void {
    const place = need(body, "[data-sheet-note]", HTMLElement);
    place.hidden = text === "";
    place.textContent = text;
  }

  body.addEventListener("submit", (event) => {
    const form = around(event.target, "[data-decides]");
    if (!(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    const decision = formDecision(form, event.submitter);
    if (decision === null) return close();
    note("");
    saving.decide(decision, ({ fault }) => {
      if (!isOpen()) return undefined;
      if (fault) {
        note(fault.message);
        return "shown";
      }
      close();
      return finish();
    });
  });
  // Hides the refusal once something is changed.
  body.addEventListener("input", () => maybe(body, "[data-sheet-note]", HTMLElement) && note(""));
}
