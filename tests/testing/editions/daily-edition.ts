import type { EditionView } from "#domain/edition/edition.ts";
import { news } from "./edition-fixtures.ts";
import { system, value } from "./editions-system.ts";

export const key = { newsletter: "daily", date: "2026-11-23" };

export const storyIds = ({ lead, headlines }: EditionView) => [lead, ...headlines].map(({ storyId }) => storyId);

export const titles = ({ lead, headlines }: EditionView) => [lead, ...headlines].map(({ title }) => title);

export const messageOf = (outcome: { ok: boolean; fault?: { message: string } }) => outcome.fault?.message ?? "";

/** A system with a drafted edition, the edition and its stories. */
export async function drafted(all = news()) {
  const desk = system(all);
  const before = value(await desk.build());
  return { ...desk, before, stories: storyIds(before) };
}

/** A lead and two headlines in an editor's text file. */
export const digest = "First paragraph.\nSecond paragraph.\n\n\nOne headline\nAnother headline\n\n";
