import { runSchedule } from "#usecases/editions/schedule/run-schedule.ts";
import { type AssembleResponse, ScheduledStep } from "./contract.ts";
import { logger, open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

/** No one reads a schedule's answer, so a fault is thrown and the alarm on errors notifies the operator. */
export async function handler(event: unknown): Promise<AssembleResponse> {
  opened ??= open();
  const step = ScheduledStep.parse(event);
  const outcome = await runSchedule(opened, step);
  if (outcome.ok) return outcome;
  const { code, message } = outcome.fault;
  logger.warn("a scheduled step was not done", { newsletter: step.newsletter, step: step.step, code, reason: message });
  // Before the edition is due, more news can arrive.
  if (step.step !== "due" && code === "no-candidates") return outcome;
  throw new Error(message);
}
