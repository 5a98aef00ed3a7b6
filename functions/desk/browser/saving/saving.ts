import { type Answer, every, need } from "../page.ts";
import { patch } from "../patch.ts";
import type { Store } from "../store.ts";
import type { Decision } from "./decision.ts";
import { type Done, openQueue, type Waiting } from "./decision-queue.ts";
import { openServer, type Trouble } from "./server.ts";
import { type Say, statusLine } from "./status-line.ts";

export type Saving = ReturnType<typeof openSaving>;

/** Milliseconds before the first retry, and the longest wait between two. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

/**
 * Sends decisions to the server one after the other, each with its own key, so a decision that is resent because the
 * connection broke, the tab was closed or the session ended is applied once.
 */
export function openSaving(desk: HTMLElement, store: Store) {
  const say = statusLine(desk);
  const server = openServer(desk);
  const queue = openQueue(store);
  const listeners: (() => void)[] = [];
  let isHeld = false;
  const isBusy = () => !queue.isEmpty() || isHeld;

  watchTrouble(desk, () => queue.isEmpty() && say("All changes saved"));

  /** Shows the server's version, unless a decision is still being saved. */
  function take(answer: Answer) {
    server.keepToken(answer);
    if (answer.version !== undefined && answer.version !== desk.dataset.version) return offerReload(desk);
    if (isBusy()) return;
    showParts(desk, answer);
    for (const listener of listeners) listener();
  }

  const { send } = openSending(queue, server, say, (one, answer) => {
    const isShown = one.done?.(answer) === "shown";
    take(answer);
    if (answer.fault && !isShown) return say(answer.fault.message, "trouble");
    for (const old of every(desk, "[data-notice]")) old.remove();
    if (queue.isEmpty()) say(answer.fault ? "All changes saved" : `Saved ${clock(new Date())}`);
  });

  return {
    runCommand: server.runCommand,
    take,
    say,
    /** Makes a decision; `done` is called with the answer. */
    decide(decision: Decision, done?: Done): void {
      queue.add(decision, done);
      send();
    },
    resume: send,
    /** Decisions that aren't saved yet, oldest first. */
    pending: queue.decisions,
    isBusy,
    /** While someone holds a story, the page doesn't change. */
    hold(held: boolean): void {
      isHeld = held;
    },
    /** Whether such a decision is still waiting; then `done` is called with its answer. */
    waiting(done: Done, isIt: (decision: Decision) => boolean): boolean {
      const one = queue.find(isIt);
      if (one) one.done = done;
      return one !== undefined;
    },
    onTaken: (listener: () => void): void => void listeners.push(listener),
  };
}

/** Sends waiting decisions one after the other, and retries unanswered ones after a while. */
function openSending(
  queue: ReturnType<typeof openQueue>,
  server: ReturnType<typeof openServer>,
  say: Say,
  arrived: (one: Waiting, answer: Answer) => void,
) {
  let isSending = false;
  let wait = FIRST_WAIT;
  let timer = 0;

  async function send(): Promise<void> {
    if (isSending || queue.isEmpty()) return;
    isSending = true;
    clearTimeout(timer);
    say("Saving…", "waiting");
    try {
      for (let first = queue.first(); first !== undefined; first = queue.first()) if (!(await sendOne(first))) break;
    } finally {
      isSending = false;
    }
  }

  async function sendOne(one: Waiting): Promise<boolean> {
    const reply = await server.send(one);
    if ("trouble" in reply) {
      sendLater(reply);
      return false;
    }
    queue.removeFirst();
    wait = FIRST_WAIT;
    arrived(one, reply.answer);
    return true;
  }

  function sendLater({ trouble, signIn }: Trouble): void {
    say(trouble, "trouble", signIn);
    timer = setTimeout(async () => {
      if (signIn) await server.renewToken();
      send();
    }, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  addEventListener("online", () => {
    wait = FIRST_WAIT;
    clearTimeout(timer);
    send();
  });
  addEventListener("focus", () => {
    if (queue.isEmpty() || isSending) return;
    clearTimeout(timer);
    server.renewToken().then(send);
  });
  return { send };
}

/** Milliseconds that a message about a refused change stays, whatever the person does. */
const TROUBLE_SHOWN = 4000;

/** Such a message goes with the next click or key; while a change waits to be saved, `over` keeps it. */
function watchTrouble(desk: HTMLElement, over: () => void): void {
  const status = need(desk, "[data-status]", HTMLElement);
  let since = 0;
  new MutationObserver(() => {
    since = performance.now();
  }).observe(status, { childList: true });
  for (const kind of ["click", "input"]) {
    desk.addEventListener(kind, () => {
      if (status.dataset.kind === "trouble" && performance.now() - since > TROUBLE_SHOWN) over();
    });
  }
}

function showParts(desk: HTMLElement, answer: Answer): void {
  for (const [name, { hash, html }] of Object.entries(answer.parts ?? {})) {
    const part = desk.querySelector(`[data-part="${CSS.escape(name)}"]`);
    if (!(part instanceof HTMLElement)) continue;
    patch(part, html);
    part.dataset.hash = hash;
  }
  if (answer.still) desk.dataset.still = JSON.stringify(answer.still);
}

/** The desk was deployed again, so its answers are for a newer page than this one. Work done here is still saved. */
function offerReload(desk: HTMLElement): void {
  need(desk, "[data-outdated]", HTMLElement).hidden = false;
}

const clock = (date: Date): string => date.toLocaleTimeString("en-GB");
