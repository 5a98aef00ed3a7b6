import { element } from "./page.ts";
import { isRecord } from "./store.ts";

/**
 * The server doesn't read a form that is sent after its session ended. This browser keeps what was entered until the
 * person has signed in, then fills in the form again.
 */
type Kept = {
  readonly key: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly isRefused: boolean;
};

const NAME = "desk unsent form";

/** Identifies a form after its page was reloaded. */
function keyOf(form: HTMLFormElement): string {
  const action = form.elements.namedItem("do");
  return `${form.getAttribute("action")} ${action instanceof HTMLInputElement ? action.value : ""}`;
}

export function watchForms(): void {
  const isRefused = document.querySelector("[data-signed-out]") !== null;
  const kept = read();
  if (kept && !isRefused) {
    if (kept.isRefused) fill(kept);
    sessionStorage.removeItem(NAME);
  } else if (kept) write({ ...kept, isRefused: true });
  addEventListener("submit", ({ target, defaultPrevented }) => {
    if (defaultPrevented || !(target instanceof HTMLFormElement) || target.method !== "post") return;
    const fields = [...new FormData(target)].flatMap(([name, value]) =>
      name !== "token" && typeof value === "string" ? [[name, value] as const] : [],
    );
    write({ key: keyOf(target), fields, isRefused: false });
  });
}

function fill({ key, fields }: Kept): void {
  const form = [...document.forms].find((one) => one.method === "post" && keyOf(one) === key);
  if (!form) return;
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    const isText = field instanceof HTMLInputElement ? !["hidden", "checkbox"].includes(field.type) : false;
    if (isText || field instanceof HTMLTextAreaElement) Object.assign(field ?? {}, { value });
  }
  const note = element("p", {
    className: "reason",
    text: "You were signed out, so this wasn't sent. Check it and send it again.",
  });
  note.setAttribute("role", "status");
  form.before(note);
}

function read(): Kept | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    return isKept(value) ? value : null;
  } catch {
    return null;
  }
}

const isKept = (value: unknown): value is Kept =>
  isRecord(value) &&
  typeof value.key === "string" &&
  typeof value.isRefused === "boolean" &&
  Array.isArray(value.fields) &&
  value.fields.every(
    (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((one) => typeof one === "string"),
  );

function write(value: Kept): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(value));
  } catch {
    // A private window may refuse storage. Then the form can't be filled in again.
  }
}
