import type { Answer } from "../page.ts";
import { isRecord, type Store } from "../store.ts";
import type { Decision } from "./decision.ts";

/** Called with the answer; `"shown"`: it has shown the refusal itself. */
export type Done = (answer: Answer) => unknown;

export type Waiting = { readonly key: string; readonly decision: Decision; done?: Done | undefined };

/**
 * Decisions that aren't saved yet, oldest first. Until then, this browser keeps each under its own key, so two tabs of
 * one person never lose each other's work.
 */
export function openQueue(store: Store) {
  const keptNames = () => store.keys("queue ");
  const waiting = keptNames().flatMap((name) => store.read(name, isWaiting, undefined) ?? []);
  let order = 0;

  return {
    add(decision: Decision, done?: Done): void {
      const key = crypto.randomUUID();
      order += 1;
      const time = `${Date.now()}-${String(order).padStart(6, "0")}`;
      store.write(`queue ${time} ${key}`, { key, decision });
      waiting.push({ key, decision, done });
    },
    first: (): Waiting | undefined => waiting[0],
    removeFirst(): void {
      const first = waiting.shift();
      const name = first && keptNames().find((one) => one.endsWith(first.key));
      if (name) store.remove(name);
    },
    find: (isIt: (decision: Decision) => boolean): Waiting | undefined =>
      waiting.find(({ decision }) => isIt(decision)),
    decisions: (): Decision[] => waiting.map(({ decision }) => decision),
    isEmpty: (): boolean => waiting.length === 0,
  };
}

const isWaiting = (value: unknown): value is Waiting | undefined =>
  isRecord(value) && typeof value.key === "string" && (value.decision === "build" || isRecord(value.decision));
