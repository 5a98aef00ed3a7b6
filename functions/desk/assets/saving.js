import { patch } from "./patch.js";

/**
 * What is decided goes to the server one after the other, each under a name of its own: what has to be sent again,
 * because the line was lost, the tab was killed or the session ended, is done once. Until it is there, this browser
 * keeps it.
 */
export function openSaving(desk, store) {
  const status = desk.querySelector("[data-status]");
  const path = desk.dataset.path;
  const state = {
    queue: store.read("queue", []),
    sending: false,
    isHeld: false,
    token: desk.dataset.token,
    wait: 1000,
    timer: 0,
  };
  const listeners = [];

  const have = () =>
    [...desk.querySelectorAll("[data-part]")].map((part) => `${part.dataset.part}:${part.dataset.hash}`).join(" ");
  const keep = () => store.write("queue", state.queue.length > 0 ? state.queue : null);

  function say(text, kind = "saved", signIn) {
    status.dataset.kind = kind;
    status.textContent = text;
    if (!signIn) return;
    const link = Object.assign(document.createElement("a"), { href: signIn, target: "_blank", textContent: "Sign in" });
    status.append(" ", link);
  }

  function ask(where, init = {}) {
    const headers = { accept: "application/json", "x-desk-token": state.token, "x-desk-have": have(), ...init.headers };
    return fetch(path + where, { ...init, headers });
  }

  /** Takes what the server says, unless something is still on its way to it. */
  function take(answer) {
    if (answer.token) state.token = answer.token;
    if (state.queue.length > 0 || state.isHeld) return;
    for (const [name, { hash, html }] of Object.entries(answer.parts ?? {})) {
      const part = desk.querySelector(`[data-part="${name}"]`);
      if (!part) continue;
      patch(part, html);
      part.dataset.hash = hash;
    }
    if (answer.still) desk.dataset.still = JSON.stringify(answer.still);
    for (const listener of listeners) listener(answer);
  }

  async function send() {
    if (state.sending || state.queue.length === 0) return;
    state.sending = true;
    clearTimeout(state.timer);
    say("Saving…", "waiting");
    try {
      while (state.queue.length > 0) if (!(await sendOne(state.queue[0]))) break;
    } finally {
      state.sending = false;
    }
  }

  async function sendOne(one) {
    const { key, decision } = one;
    const body = JSON.stringify({ key, decision });
    let response;
    try {
      response = await ask("", { method: "POST", body, headers: { "content-type": "application/json" } });
    } catch {
      return later("No connection. What you did is kept here and goes out when there is one.");
    }
    const answer = await response.json().catch(() => null);
    if (response.status === 401) return later(answer?.fault?.message ?? "You were signed out.", answer?.signIn);
    if (answer === null || response.status >= 500) return later("The desk does not answer. It is tried again.");
    state.queue.shift();
    keep();
    state.wait = 1000;
    one.done?.(answer);
    take(answer);
    if (answer.fault) say(answer.fault.message, "trouble");
    else if (state.queue.length === 0) say(`Saved ${clock(new Date())}`);
    return true;
  }

  function later(text, signIn) {
    say(text, "trouble", signIn);
    state.timer = setTimeout(async () => {
      if (signIn) await freshToken();
      send();
    }, state.wait);
    state.wait = Math.min(state.wait * 2, 15_000);
    return false;
  }

  /** After signing in again, the page's forms need the new session's token. */
  async function freshToken() {
    const answer = await ask("/parts")
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null);
    if (answer?.token) state.token = answer.token;
  }

  addEventListener("online", () => {
    state.wait = 1000;
    clearTimeout(state.timer);
    send();
  });
  addEventListener("focus", () => {
    if (state.queue.length === 0 || state.sending) return;
    clearTimeout(state.timer);
    freshToken().then(send);
  });

  return {
    ask,
    take,
    say,
    /** Decides something; `done` hears what came of it. */
    decide(decision, done) {
      state.queue.push({ key: crypto.randomUUID(), decision, done });
      keep();
      return send();
    },
    resume: send,
    /** What is decided and not there yet, the oldest first. */
    pending: () => state.queue.map(({ decision }) => decision),
    isBusy: () => state.queue.length > 0 || state.isHeld,
    /** While somebody holds a story the page stays as it is. */
    hold(isHeld) {
      state.isHeld = isHeld;
    },
    /** Whether such a decision still waits from before; `done` then hears what comes of it. */
    waiting(done, isIt) {
      const one = state.queue.find(({ decision }) => isIt(decision));
      if (one) one.done = done;
      return one !== undefined;
    },
    onTaken: (listener) => listeners.push(listener),
  };
}

const clock = (date) => date.toLocaleTimeString("en-GB");
