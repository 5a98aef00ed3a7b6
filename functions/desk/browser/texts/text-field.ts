import { type Answer, every, graphemes } from "../page.ts";

/** An editable text of the edition; `dataset` says which, and how it compares with the saved text. */
export type Field = HTMLTextAreaElement;

export const isField = (target: unknown): target is Field =>
  target instanceof HTMLTextAreaElement && target.dataset.field !== undefined;

export const fieldsIn = (desk: HTMLElement): Field[] => every(desk, "textarea[data-field]").filter(isField);

export const savedIn = ({ dataset }: Field): string => dataset.saved ?? "";

/** The field's text is saved. */
export function markSaved(field: Field, text: string): void {
  field.dataset.saved = text;
  field.dataset.base = text;
}

/** Shows a message next to the field, with possible actions. */
export function note(field: Field, text: string | null, ...buttons: (Node | string)[]): void {
  const place = field.parentElement?.querySelector("[data-note]");
  if (!(place instanceof HTMLElement)) return;
  place.hidden = !text;
  place.replaceChildren(text ?? "", ...buttons);
}

export function showCount(field: Field): void {
  const place = field.parentElement?.querySelector("[data-count]");
  if (!(place instanceof HTMLElement) || place.firstElementChild === null) return;
  const most = Number(place.dataset.count);
  const length = graphemes(field.value);
  place.firstElementChild.textContent = String(length);
  place.dataset.over = length > most ? "yes" : "no";
}

/** The text of a field in the server's answer, if it's there. */
export function textInAnswer({ parts }: Answer, id: string): string | undefined {
  for (const { html } of Object.values(parts ?? {})) {
    const page = document.createElement("template");
    page.innerHTML = html;
    const field = page.content.getElementById(id);
    if (field instanceof HTMLTextAreaElement) return field.value;
  }
  return undefined;
}
