import type { Subscriber } from "#domain/audience/subscriber.ts";
import { MOVES_FOLLOWED, type ReaderStatus, readerStatusOf, successorOf } from "#domain/delivery/calls/reader.ts";
import { isReadBySpan } from "#domain/delivery/calls/status-read.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { isWelcome, welcomeKey } from "#domain/delivery/welcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import { inParallel } from "../../../in-parallel.ts";
import { findPlace, type Runs } from "../../reader-place.ts";
import type { SendPorts } from "../ports.ts";

/** Moved readers looked for at once. All of a batch must be found within the seconds in which its claim is fresh. */
const AT_ONCE = 8;

type Ports = { subscribers: SendPorts["subscribers"]; ledger: Pick<SendPorts["ledger"], "batchAround" | "batch"> };

/** What is known about the edition's audience. */
type Audience = { runs: Runs; frozenAt: Instant };

/**
 * The current subscribers for these positions of a claimed batch. Positions missing from the result are skipped: the
 * reader left, paused, was erased, or moved to an address that has its own position in this edition.
 */
export async function readersToMail(
  ports: Ports,
  batch: Batch,
  positions: readonly number[],
  audience: Audience,
): Promise<Map<number, Subscriber>> {
  const { date } = batch.key;
  const idAt = (position: number) => batch.ids[position] ?? "";
  const found = await findReaders(ports, batch, positions);
  const mailed = new Map<number, Subscriber>();
  let moved: Moved = [];
  const sort = (position: number, status: ReaderStatus) => {
    if (status.is === "mail") mailed.set(position, status.subscriber);
    if (status.is === "follow") moved.push({ position, status });
  };
  for (const position of positions) sort(position, readerStatusOf(found.get(idAt(position)), date));
  for (let step = 0; step < MOVES_FOLLOWED && moved.length > 0; step++) {
    const followed = await followMoves(ports, batch, moved, audience);
    moved = [];
    for (const [position, status] of followed) sort(position, status);
  }
  return mailed;
}

type Moved = { readonly position: number; readonly status: Extract<ReaderStatus, { is: "follow" }> }[];

/** The frozen readers' current items. Both ways are strongly consistent. */
async function findReaders({ subscribers }: Ports, batch: Batch, positions: readonly number[]) {
  const { newsletter } = batch.key;
  const ids = positions.flatMap((position) => batch.ids[position] ?? []);
  if (!isReadBySpan(batch, positions)) return subscribers.getMany(newsletter, ids, true);
  const found = await subscribers.getSpan(newsletter, ids);
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  // Readers missing from the range are read by id. Few are erased, so this costs almost nothing, and a wrong range
  // can't lose a reader.
  return new Map([...found, ...(await subscribers.getMany(newsletter, missing, true))]);
}

/**
 * One step along the chains of changed addresses. A chain ends before an address that is itself in the audience or was
 * welcomed with the edition, because that address's own batch mails it. Looking only at the last address would mail a
 * reader twice who changed address twice.
 */
async function followMoves(ports: Ports, batch: Batch, moved: Moved, { runs, frozenAt }: Audience) {
  const next = moved.map(({ status }) => status.to);
  const found = await ports.subscribers.getMany(batch.key.newsletter, next, true);
  const step = async (status: Moved[number]["status"]): Promise<ReaderStatus> => {
    if (await isFrozenItself(ports, batch, status.to, runs)) return { is: "skip" };
    if (await isWelcomed(ports, batch, status.to, frozenAt)) return { is: "skip" };
    return successorOf(status.from, found.get(status.to), batch.key.date);
  };
  return inParallel(moved, AT_ONCE, async ({ position, status }) => [position, await step(status)] as const);
}

async function isFrozenItself(ports: Ports, { key }: Batch, id: string, runs: Runs): Promise<boolean> {
  return (await findPlace(ports.ledger, { ...key, frozenAt: key.due }, runs, id)) !== undefined;
}

/** Whether an address has a batch of its own because its reader confirmed after the freeze. */
async function isWelcomed({ ledger }: Ports, { key }: Batch, root: string, frozenAt: Instant): Promise<boolean> {
  if (isWelcome(key) && key.first === root) return false;
  const welcome = await ledger.batch(welcomeKey({ ...key, due: frozenAt, root }), true);
  return (welcome?.outcomes ?? []).some((outcome) => outcome !== "skipped");
}
