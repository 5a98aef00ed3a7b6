import { type Answer, element, every, jsonOf, maybe, need } from "./page.ts";
import type { Saving } from "./saving/saving.ts";
import { isText, type Store } from "./store.ts";

type TestAnswer = Answer & {
  readonly results?: readonly { readonly to: string; readonly sent: boolean; readonly text: string }[];
};

/** Sends a test, and shows the outcome for each address. */
export function watchTestSend(desk: HTMLElement, saving: Saving, store: Store): void {
  const form = maybe(desk, "[data-test]", HTMLFormElement);
  if (!form) return;
  const results = need(desk, "[data-test-results]", HTMLElement);
  const to = need(form, "input[name=to]", HTMLInputElement);
  to.value = store.read("test-to", isText, "");
  to.addEventListener("input", () => results.replaceChildren());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    store.write("test-to", to.value);
    results.replaceChildren(element("li", { text: "Sending…" }));
    const body = JSON.stringify({ to: to.value });
    const init = { method: "POST", body, headers: { "content-type": "application/json" } };
    const response = await saving.runCommand("/test", init).catch(() => null);
    const answer = response ? await jsonOf<TestAnswer>(response) : undefined;
    const wrong = answer?.fault?.message ?? "No connection. No test was sent.";
    const shown = answer?.results ?? [{ to: "", sent: false, text: wrong }];
    results.replaceChildren(
      ...shown.map(({ sent, text }) => element("li", { className: sent ? "sent" : "failed", text })),
    );
    results.scrollIntoView({ block: "nearest" });
  });
  saving.onTaken(() => {
    for (const old of every(results, ".sent")) old.classList.add("old");
  });
}
