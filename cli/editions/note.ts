import type { Command } from "commander";
import { addEditionCommand, addExamples, type Context, runRemotely } from "../command.ts";
import type { Output } from "../terminal/output.ts";

/** Registers `edition note`. */
export function registerNote(edition: Command): void {
  const note = addEditionCommand(
    edition,
    "deliver",
    "note <newsletter> <text...>",
    "Put a dated note above the edition on the web, such as a correction; mails no one",
  );
  addExamples(runRemotely(note, addNote), 'edition note daily "The ferry sails at 9, not at 7." --date 2026-11-23');
}

async function addNote({
  invoke,
  args: [newsletter = "", ...words],
  options,
  by,
}: Context<{ date?: string }>): Promise<Output> {
  const { edition } = await invoke("note", { newsletter, date: options.date, text: words.join(" "), by });
  return {
    json: edition,
    text: `Added the note to ${edition.newsletter} ${edition.date} on the web. Cached pages show it within ten minutes.`,
  };
}
