import { type Answer, every, jsonOf } from "../page.ts";
import type { Waiting } from "./decision-queue.ts";

type Init = RequestInit & { headers?: Record<string, string> };

/** The server's answer to a decision, or the reason why there is none yet. */
type Reply = { readonly answer: Answer } | Trouble;
export type Trouble = { readonly trouble: string; readonly signIn?: string | undefined };

/** Requests to the desk's server with this session. */
export function openServer(desk: HTMLElement) {
  let token = desk.dataset.token ?? "";

  function runCommand(where: string, init: Init = {}): Promise<Response> {
    const own = { accept: "application/json", "x-desk-token": token, "x-desk-have": partsIn(desk) };
    return fetch((desk.dataset.path ?? "") + where, { ...init, headers: { ...own, ...init.headers } });
  }

  function keepToken(answer: Answer | undefined): void {
    if (answer?.token) token = answer.token;
  }

  return {
    runCommand,
    keepToken,
    async send({ key, decision }: Waiting): Promise<Reply> {
      const body = JSON.stringify({ key, decision });
      const init = { method: "POST", body, headers: { "content-type": "application/json" } };
      const response = await runCommand("", init).catch(() => null);
      return response ? readReply(response) : { trouble: offline };
    },
    /** After signing in again, the page needs the new session's token. */
    async renewToken(): Promise<void> {
      const response = await runCommand("/parts").catch(() => null);
      keepToken(response?.ok ? await jsonOf<Answer>(response) : undefined);
    },
  };
}

const offline = "No connection. Your work is kept here and saved once you're online.";

async function readReply(response: Response): Promise<Reply> {
  const answer = await jsonOf<Answer>(response);
  if (response.status === 401)
    return { trouble: answer?.fault?.message ?? "You're signed out.", signIn: answer?.signIn };
  const isAnswered = answer !== undefined && response.status < 500 && response.status !== 429;
  return isAnswered ? { answer } : { trouble: "The desk isn't responding. Trying again." };
}

/** The parts of this page with their hashes; the server answers with those that changed. */
const partsIn = (desk: HTMLElement): string =>
  every(desk, "[data-part]")
    .map(({ dataset }) => `${dataset.part}:${dataset.hash}`)
    .join(" ");
