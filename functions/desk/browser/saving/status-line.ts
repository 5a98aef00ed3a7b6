import { element, need } from "../page.ts";

export type Say = ReturnType<typeof statusLine>;

/** The line that says whether everything is saved. */
export function statusLine(desk: HTMLElement) {
  const status = need(desk, "[data-status]", HTMLElement);
  return (text: string, kind: "saved" | "waiting" | "trouble" = "saved", signIn?: string): void => {
    status.dataset.kind = kind;
    status.textContent = text;
    if (signIn === undefined) return;
    const link = element("a", { text: "Sign in" });
    link.href = signIn;
    link.target = "_blank";
    status.append(" ", link);
  };
}
