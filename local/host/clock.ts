import * as z from "zod";
import { type Folder, readNote, writeNote } from "../folder.ts";
import { type DailySchedule, type Due, dueBetween } from "./schedule.ts";

const minute = 60_000;
const Note = z.object({ v: z.literal(1), upTo: z.number() });

export type ClockOptions = {
  folder: Folder;
  now(): number;
  /** Run at once and then every so many milliseconds. */
  every: readonly { ms: number; run(): void }[];
  /** `lateAfterHours`: a moment missed while the system was down is still met within so many hours. */
  daily: readonly (DailySchedule & { lateAfterHours: number })[];
  due(moment: Due): void;
};

/**
 * The clock of a local system: what EventBridge and its Scheduler are in a deployment.
 *
 * Scheduler is never down, and tries again for as long as the schedule's oldest event may be; a machine that sleeps
 * over 07:00 is. So the clock notes how far it came, and when it starts again it meets the moments it missed, as long
 * as the edition may still start: at most `lateAfterHours` after they were due. A new folder has missed nothing.
 */
export function startClock(options: ClockOptions): () => void {
  const timers = options.every.map(({ ms, run }) => {
    run();
    return setInterval(run, ms);
  });
  let upTo = noted(options) ?? options.now();
  let written = 0;
  const tick = () => {
    const now = options.now();
    const moments = missed(options, upTo, now);
    for (const moment of moments) options.due(moment);
    upTo = Math.max(upTo, now);
    if (moments.length === 0 && now - written < minute / 2) return;
    writeNote(options.folder, "clock.json", { v: 1, upTo } satisfies z.infer<typeof Note>);
    written = now;
  };
  tick();
  timers.push(setInterval(tick, 1_000));
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

function missed({ daily }: ClockOptions, upTo: number, now: number): Due[] {
  return daily.flatMap((schedule) => {
    const oldest = now - schedule.lateAfterHours * 60 * minute;
    return dueBetween(schedule, Math.max(upTo, oldest), now);
  });
}

function noted({ folder }: ClockOptions): number | undefined {
  const note = Note.safeParse(readNote(folder, "clock.json"));
  return note.success ? note.data.upTo : undefined;
}
