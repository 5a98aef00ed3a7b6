import { cleanField } from "#domain/article/text.ts";
import { type Author, authorOf } from "#domain/desk/author.ts";
import { isPublished } from "#domain/edition/archive.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import {
  type EditionKey,
  type EditionNote,
  type EditionView,
  editionKeyOf,
  editionName,
  MOST_NOTES,
} from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { EditionRequest } from "../edition-request.ts";
import { currentEdition, type EditionPorts, findEdition } from "../find-edition.ts";
import type { UpdatePublished } from "./publish.ts";

export type NotePorts = EditionPorts & {
  editions: Pick<EditionStore, "update" | "decisions" | "appendDecision">;
  updatePublished: UpdatePublished;
  now: () => Instant;
};

/**
 * Puts a dated note above an edition on the web. The edition stays as it was sent, and no one is mailed. Notes can't be
 * removed; another one can correct the last.
 */
export async function noteEdition(
  ports: NotePorts,
  { text: given, by, byId, ...request }: EditionRequest & Author & { text: string },
): Promise<Outcome<{ edition: EditionView }>> {
  const text = cleanField(given);
  if (text === "") return fault("bad-request", "The note is empty. Write what readers should know.");
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const { edition } = found.value;
  const key = editionKeyOf(edition);
  if (!isPublished(edition)) {
    const why = `${editionName(key)} is ${edition.state} and not on the web.`;
    return fault("wrong-state", `${why} Edit it before it is sent; add a note after that.`);
  }
  const appended = await appendNote(ports, key, { text, ...authorOf({ by, byId }), at: ports.now() });
  if (!appended.ok) return appended;
  await copyNotes(ports, key);
  await ports.updatePublished(key);
  return currentEdition(ports, key);
}

type NewNote = Omit<Extract<Decision, { do: "note" }>, "do" | "n">;

/** Adds it under the next free number. Repeating the last note, such as by pressing a button twice, adds nothing. */
async function appendNote({ editions }: NotePorts, key: EditionKey, note: NewNote): Promise<Outcome<true>> {
  for (;;) {
    const log = await editions.decisions(key);
    const notes = notesIn(log);
    if (notes.at(-1)?.text === note.text) return done(true);
    if (notes.length >= MOST_NOTES) {
      return fault("bad-request", `${editionName(key)} has ${notes.length} notes, as many as an edition can have.`);
    }
    const n = (log.at(-1)?.n ?? 0) + 1;
    if (await editions.appendDecision(key, n, { do: "note", ...note, n })) return done(true);
  }
}

/**
 * Copies the log's notes to the edition's item, so a page needs one read. Reads again afterwards: if two editors add
 * notes at once, the later copy has both.
 */
async function copyNotes({ editions }: NotePorts, key: EditionKey): Promise<void> {
  let copied = 0;
  for (;;) {
    const notes = notesIn(await editions.decisions(key));
    if (notes.length === copied) return;
    await editions.update(key, { notes });
    copied = notes.length;
  }
}

const notesIn = (log: readonly Decision[]): EditionNote[] =>
  log.flatMap((decision) => (decision.do === "note" ? [{ at: decision.at, text: decision.text }] : []));
