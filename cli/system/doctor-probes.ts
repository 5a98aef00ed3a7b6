import { setTimeout as sleep } from "node:timers/promises";
import type { Diagnosis } from "#domain/doctor/diagnosis.ts";
import type { Invoke } from "../client.ts";

/** Seconds: EventBridge and the queue take a few, and feedback collects events for five. */
const WAIT = 90;
const BETWEEN = 3;

/** Whether SES's events about mails to its mailbox simulator come back to the table. Costs as three mails. */
export async function probeEvents(
  invoke: Invoke,
  pause: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<Diagnosis[]> {
  const { lostEvents, refusedProbe } = await import("#domain/doctor/diagnose-system.ts");
  try {
    const { sent } = await invoke("probe send", {});
    for (let waited = 0; ; waited += BETWEEN) {
      const { missing } = await invoke("probe missing", { sent });
      if (missing.length === 0) return [];
      if (waited >= WAIT) return [lostEvents(missing, WAIT)];
      await pause(BETWEEN * 1000);
    }
  } catch (error) {
    return [refusedProbe(error instanceof Error ? error.message : String(error))];
  }
}

/** Milliseconds. */
const ANSWER = 15_000;

/** Whether the website answers at the address that mails link to. */
export async function probeWebsite(url: string | undefined, ask: typeof fetch = fetch): Promise<Diagnosis[]> {
  if (url === undefined) return [];
  const { silentWebsite } = await import("#domain/doctor/diagnose-stack.ts");
  try {
    const { status } = await ask(url, { redirect: "manual", signal: AbortSignal.timeout(ANSWER) });
    return status < 500 ? [] : [silentWebsite(url, { status })];
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
    return [silentWebsite(url, { code: code || String(cause) })];
  }
}
