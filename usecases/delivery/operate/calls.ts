import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { undecidedPositions } from "#domain/delivery/resolving/resolve-by-person.ts";
import { type UndecidedCall, undecidedCalls } from "#domain/delivery/resolving/undecided-call.ts";
import { type EditionKey, editionKeyOf } from "#domain/edition/edition.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import type { EditionRequest } from "../../editions/edition-request.ts";
import { type EditionPorts, findEdition } from "../../editions/find-edition.ts";
import type { Ledger } from "../../ports/ledger.ts";

export type CallsPorts = EditionPorts & { ledger: Pick<Ledger, "groups" | "batches" | "seenInGroup"> };

/** Most calls that are listed, oldest first. */
const LISTED = 100;

/** An edition's calls that need a person's decision, oldest first. `more`: how many aren't listed. */
export async function listUndecidedCalls(
  ports: CallsPorts,
  request: EditionRequest,
): Promise<Outcome<{ calls: UndecidedCall[]; more: number }>> {
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const key = editionKeyOf(found.value.edition);
  const commits = (await ports.ledger.groups(key)).filter(mayBeUndecided);
  const calls = (await Promise.all(commits.map((commit) => callsOfGroup(ports, key, commit)))).flat();
  const oldest = calls.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  return done({ calls: oldest.slice(0, LISTED), more: Math.max(0, calls.length - LISTED) });
}

/** Closed with nothing held, or never claimed. */
const mayBeUndecided = ({ startedAt, closedAt, counts }: GroupCommit): boolean =>
  startedAt !== null && (closedAt === null || counts === null || counts.held > 0);

async function callsOfGroup(ports: CallsPorts, key: EditionKey, { group, run }: GroupCommit): Promise<UndecidedCall[]> {
  const batches = await ports.ledger.batches(key, group, run);
  const unclear = batches.filter((batch) => batch.state !== "calling" && undecidedPositions(batch).length > 0);
  if (unclear.length === 0) return [];
  const seen = await ports.ledger.seenInGroup(key, group, run);
  const { settleSeconds } = ports.config.delivery;
  return unclear.flatMap((batch) => undecidedCalls(batch, seen.get(batch.key.first) ?? new Set(), settleSeconds));
}
