import { type Answer, element, every, jsonOf, need } from "./page.ts";
import { patch } from "./patch.ts";
import { isRecord, type Store } from "./store.ts";

/** A decision as the command takes it; `build` drafts the edition. */
export type Decision = "build" | { readonly do: string; readonly [field: string]: unknown };
/** Gets the answer; `"shown"`: it said itself what was refused. */
type Done = (answer: Answer) => unknown;
type Waiting = { readonly key: string; readonly decision: Decision; done?: Done | undefined };

export type Saving = ReturnType<typeof openSaving>;

/** Milliseconds before the first repetition, and the longest wait between two. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

/**
 * Sends decisions to the server one after the other, each under a name of its own: one that is sent again because the
 * connection broke, the tab was closed or the session ended is carried out once. Until it has arrived, this browser
 * keeps it under its own key, so two tabs of one person never drop each other's work.
 */
export function openSaving(desk: HTMLElement, store: Store) {
  const status = need(desk, "[data-status]", HTMLElement);
  const path = desk.dataset.path ?? "";
  const queue: Waiting[] = [];
  const listeners: (() => void)[] = [];
  let token = desk.dataset.token ?? "";
  let isSending = false;
  let isHeld = false;
  let wait = FIRST_WAIT;
  let timer = 0;
  let order = 0;

  for (const name of store.keys("queue ")) {
    const kept = store.read(name, isWaiting, undefined);
    if (kept) queue.push(kept);
  }

  const nameOf = ({ key }: Waiting) => store.keys("queue ").find((name) => name.endsWith(key));
  const have = () =>
    every(desk, "[data-part]")
      .map(({ dataset }) => `${dataset.part}:${dataset.hash}`)
      .join(" ");

  function say(text: string, kind: "saved" | "waiting" | "trouble" = "saved", signIn?: string): void {
    status.dataset.kind = kind;
    status.textContent = text;
    if (signIn === undefined) return;
    const link = element("a", { text: "Sign in" });
    link.href = signIn;
    link.target = "_blank";
    status.append(" ", link);
  }

  function runCommand(where: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    const headers = { accept: "application/json", "x-desk-token": token, "x-desk-have": have(), ...init.headers };
    return fetch(path + where, { ...init, headers });
  }

  /** Takes what the server says, unless something is still on its way to it. */
  function take(answer: Answer) {
    if (answer.token) token = answer.token;
    if (answer.version !== undefined && answer.version !== desk.dataset.version) return offerReload();
    if (queue.length > 0 || isHeld) return;
    for (const [name, { hash, html }] of Object.entries(answer.parts ?? {})) {
      const part = desk.querySelector(`[data-part="${CSS.escape(name)}"]`);
      if (!(part instanceof HTMLElement)) continue;
      patch(part, html);
      part.dataset.hash = hash;
    }
    if (answer.still) desk.dataset.still = JSON.stringify(answer.still);
    for (const listener of listeners) listener();
  }

  /** The desk was deployed again: its answers are for another page than this one. What is done here is still saved. */
  function offerReload(): void {
    const place = need(desk, "[data-outdated]", HTMLElement);
    place.hidden = false;
  }

  async function send(): Promise<void> {
    if (isSending || queue.length === 0) return;
    isSending = true;
    clearTimeout(timer);
    say("Saving…", "waiting");
    try {
      for (let first = queue[0]; first !== undefined; first = queue[0]) if (!(await sendOne(first))) break;
    } finally {
      isSending = false;
    }
  }

  async function sendOne(one: Waiting): Promise<boolean> {
    const body = JSON.stringify({ key: one.key, decision: one.decision });
    let response: Response;
    try {
      response = await runCommand("", { method: "POST", body, headers: { "content-type": "application/json" } });
    } catch {
      return later("No connection. Your work is kept here and saved once you're online.");
    }
    const answer = await jsonOf<Answer>(response);
    if (response.status === 401) return later(answer?.fault?.message ?? "You're signed out.", answer?.signIn);
    if (answer === undefined || response.status >= 500 || response.status === 429) {
      return later("The desk isn't responding. Trying again.");
    }
    const name = nameOf(one);
    if (name) store.remove(name);
    queue.shift();
    wait = FIRST_WAIT;
    const isShown = one.done?.(answer) === "shown";
    take(answer);
    if (answer.fault && isShown) say("Not saved", "waiting");
    else if (answer.fault) say(answer.fault.message, "trouble");
    else {
      for (const old of every(desk, "[data-notice]")) old.remove();
      if (queue.length === 0) say(`Saved ${clock(new Date())}`);
    }
    return true;
  }

  function later(text: string, signIn?: string): false {
    say(text, "trouble", signIn);
    timer = setTimeout(async () => {
      if (signIn) await freshToken();
      send();
    }, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
    return false;
  }

  /** After signing in again, the page needs the new session's token. */
  async function freshToken(): Promise<void> {
    const response = await runCommand("/parts").catch(() => null);
    const answer = response?.ok ? await jsonOf<Answer>(response) : undefined;
    if (answer?.token) token = answer.token;
  }

  addEventListener("online", () => {
    wait = FIRST_WAIT;
    clearTimeout(timer);
    send();
  });
  addEventListener("focus", () => {
    if (queue.length === 0 || isSending) return;
    clearTimeout(timer);
    freshToken().then(send);
  });

  return {
    runCommand,
    take,
    say,
    /** Decides something; `done` gets the answer. */
    decide(decision: Decision, done?: Done): void {
      const one = { key: crypto.randomUUID(), decision, done };
      order += 1;
      const time = `${Date.now()}-${String(order).padStart(6, "0")}`;
      store.write(`queue ${time} ${one.key}`, { key: one.key, decision });
      queue.push(one);
      send();
    },
    resume: send,
    /** Decisions that have not arrived yet, the oldest first. */
    pending: (): Decision[] => queue.map(({ decision }) => decision),
    isBusy: (): boolean => queue.length > 0 || isHeld,
    /** While someone holds a story the page stays as it is. */
    hold(held: boolean): void {
      isHeld = held;
    },
    /** Whether such a decision still waits from before; `done` then gets its answer. */
    waiting(done: Done, isIt: (decision: Decision) => boolean): boolean {
      const one = queue.find(({ decision }) => isIt(decision));
      if (one) one.done = done;
      return one !== undefined;
    },
    onTaken: (listener: () => void): void => void listeners.push(listener),
  };
}

const isWaiting = (value: unknown): value is Waiting | undefined =>
  isRecord(value) && typeof value.key === "string" && (value.decision === "build" || isRecord(value.decision));

const clock = (date: Date): string => date.toLocaleTimeString("en-GB");
