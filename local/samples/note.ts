import * as z from "zod";
import { type Folder, readNote, writeNote } from "../folder.ts";

/** Completed steps of adding samples, in order. Each is recorded when done, so a restart continues there. */
const steps = ["begun", "added", "polled", "built", "released", "polled again", "sent"] as const;
export type Step = (typeof steps)[number];

const Note = z.object({
  v: z.literal(1),
  /** Epoch milliseconds from which the sample news is dated back. */
  anchor: z.number(),
  newsletter: z.string(),
  /** The first edition's date: the day before, in the newsletter's zone. */
  date: z.string(),
  /** Base URL under which the sources were added. */
  site: z.string(),
  step: z.enum(steps),
});
export type Note = z.infer<typeof Note>;

export function readSamples(folder: Folder): Note | undefined {
  const note = Note.safeParse(readNote(folder, "samples.json"));
  return note.success ? note.data : undefined;
}

export const writeSamples = (folder: Folder, note: Note): void => writeNote(folder, "samples.json", note);

export const reached = (note: Note, step: Step): boolean => steps.indexOf(note.step) >= steps.indexOf(step);
