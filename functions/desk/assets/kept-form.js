/**
 * A form that was sent after its session ended was not read by the server. This browser keeps what was entered until
 * the person has signed in, and fills the form in again.
 */
const NAME = "desk unsent form";

/** How a form is recognised after its page was loaded again. */
const keyOf = (form) => `${form.getAttribute("action")} ${form.elements.namedItem("do")?.value ?? ""}`;

export function watchForms() {
  const isRefused = document.querySelector("[data-signed-out]") !== null;
  const kept = read();
  if (kept && !isRefused) {
    if (kept.isRefused) fill(kept);
    sessionStorage.removeItem(NAME);
  } else if (kept) write({ ...kept, isRefused: true });
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    const fields = [...new FormData(form)].filter(([name, value]) => name !== "token" && typeof value === "string");
    write({ key: keyOf(form), fields, isRefused: false });
  });
}

function fill({ key, fields }) {
  const form = [...document.querySelectorAll("form[method=post]")].find((one) => keyOf(one) === key);
  if (!form) return;
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field && field.type !== "hidden") field.value = value;
  }
  const note = Object.assign(document.createElement("p"), {
    className: "reason",
    textContent: "You were signed out, so this wasn't sent. Check it and send it again.",
  });
  note.setAttribute("role", "status");
  form.before(note);
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? "null");
  } catch {
    return null;
  }
}

function write(value) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(value));
  } catch {
    // A private window may refuse. The page then can't be filled in again.
  }
}
