import { KEPT_CANDIDATES, recordCandidates } from "#domain/edition/choosing/candidates-record.ts";
import type { Field } from "#domain/edition/content/make.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Gathered } from "./gather.ts";

/** How many older editions are checked; at most two editions are made at once. */
const BEYOND = 5;

/** Stores an edition's candidates record, and deletes those of the newsletter's oldest editions. */
export async function keepCandidates(
  { editions }: { editions: Pick<EditionStore, "list" | "putCandidates" | "dropCandidates"> },
  { newsletter, date, window, config }: Gathered,
  { scored, sorted }: Field,
): Promise<void> {
  const about = { newsletter, date, cutoff: window.to, weights: config.weights };
  await editions.putCandidates(recordCandidates(about, scored, sorted.left));
  const newest = await editions.list(newsletter, KEPT_CANDIDATES + BEYOND);
  const old = newest.slice(KEPT_CANDIDATES).filter((edition) => edition.date !== date);
  await Promise.all(old.map((edition) => editions.dropCandidates(edition, window.to)));
}
