import { decideRestore, isStoppedWith, restored } from "#domain/audience/consent/restore.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import type { DeliveryOutcome } from "#domain/delivery/ledger/delivery-outcome.ts";
import { groupNames, groupOf } from "#domain/delivery/pace/size.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import { findNewsletter, type Newsletters } from "../../editions/edition-request.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { AuditLog } from "../../ports/services.ts";
import { currentReader } from "../leave.ts";

export type RestoreReadersPorts = Newsletters & {
  editions: Pick<EditionStore, "list">;
  ledger: Pick<Ledger, "outcome" | "outcomes">;
  subscribers: Pick<SubscriberStore, "get" | "getMany" | "write">;
  audit: Pick<AuditLog, "append">;
  /** Removes an address from SES's suppression list, if it is there. */
  unsuppress: (address: string) => Promise<void>;
  /** SES allows one such request a second. */
  pause: (milliseconds: number) => Promise<void>;
  keys: () => Promise<SigningKeys>;
  now: () => Instant;
};

type RestoreReadersRequest = {
  newsletter: string;
  /** One edition, or those sent within a period. */
  edition?: LocalDate | undefined;
  from?: Instant | undefined;
  until?: Instant | undefined;
  /** The position at which the last answer ended. */
  after?: string | undefined;
  dryRun: boolean;
  by: string;
};

type RestoredReader = {
  edition: LocalDate;
  /** null: erased. */
  address: string | null;
  outcome: "restored" | "cleared" | "leftAlone";
  why: string | null;
};

/** Most editions whose outcomes are kept. */
const MAX_EDITIONS = 100;
/** Readers a call: removing one from SES's list takes a second, and a command has twelve minutes. */
const PAGE = 200;
const PAGE_DRY = 500;
const CLEAR_EVERY_MS = 1_050;

/**
 * Brings back readers who were stopped by a fault of ours, according to SES's events about some editions: refused for
 * policy, authentication or content, or bounced from SES's suppression list because of that. It reads only exceptions,
 * however large the audience was. A second call changes nothing more.
 */
export async function restoreReaders(
  ports: RestoreReadersPorts,
  request: RestoreReadersRequest,
): Promise<Outcome<{ readers: RestoredReader[]; next: string | null }>> {
  const known = findNewsletter(ports.config, request.newsletter);
  if (!known.ok) return known;
  const all = (await ports.editions.list(request.newsletter, MAX_EDITIONS)).filter(({ frozenAt }) => frozenAt !== null);
  const chosen = all.filter((edition) => isChosen(edition, request)).toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const [first] = chosen;
  if (first === undefined) {
    return fault(
      "no-edition",
      `No edition of ${request.newsletter} was sent then. See which were: edition list ${request.newsletter}.`,
    );
  }
  const start = pageStart(request.after, first);
  if (start === undefined) return fault("bad-request", `after: “${request.after}” is not what an answer gave as next.`);
  const page = await readPage(ports, chosen, start, request.dryRun ? PAGE_DRY : PAGE);
  const later = (edition: Edition) => all.filter(({ date }) => date > edition.date);
  const readers = await restorePage(ports, request, page.found, later);
  return done({ readers, next: page.next });
}

function isChosen({ date, frozenAt }: Edition, { edition, from, until }: RestoreReadersRequest): boolean {
  if (edition !== undefined) return date === edition;
  return frozenAt !== null && (from ?? "") <= frozenAt && (until === undefined || frozenAt <= until);
}

type Start = { date: LocalDate; group: string; skip: number };

/** `2026-11-23:03:200`: of that edition and group, from its outcome 200 on. */
function pageStart(after: string | undefined, first: Edition): Start | undefined {
  if (after === undefined) return { date: first.date, group: "", skip: 0 };
  const [, date, group, skip] = /^(\d{4}-\d\d-\d\d):([0-9a-z]{2,8}):(\d{1,9})$/.exec(after) ?? [];
  return date === undefined || group === undefined ? undefined : { date, group, skip: Number(skip) };
}

type Found = { edition: Edition; outcome: DeliveryOutcome };

async function readPage(ports: RestoreReadersPorts, editions: readonly Edition[], start: Start, size: number) {
  const found: Found[] = [];
  for (const edition of editions) {
    if (edition.date < start.date) continue;
    for (const group of groupNames(edition.groups ?? 0)) {
      const isStart = edition.date === start.date && group === start.group;
      if (edition.date === start.date && group < start.group) continue;
      const outcomes = await ports.ledger.outcomes(edition, group);
      const skip = isStart ? start.skip : 0;
      const room = size - found.length;
      found.push(...outcomes.slice(skip, skip + room).map((outcome) => ({ edition, outcome })));
      if (outcomes.length - skip > room) return { found, next: `${edition.date}:${group}:${skip + room}` };
    }
  }
  return { found, next: null };
}

async function restorePage(
  ports: RestoreReadersPorts,
  request: RestoreReadersRequest,
  found: readonly Found[],
  later: (edition: Edition) => readonly Edition[],
): Promise<RestoredReader[]> {
  const ids = found.map(({ outcome }) => outcome.id);
  const stored = await ports.subscribers.getMany(request.newsletter, ids, true);
  const readers: RestoredReader[] = [];
  const subjects: string[] = [];
  for (const { edition, outcome } of found) {
    const frozen = stored.get(outcome.id);
    // Readers who changed address were mailed at the new address, which bounced.
    const before = frozen?.status === "moved" ? await currentReader(ports, frozen) : frozen;
    const others = before?.status === "bounced" ? await outcomesOf(ports, later(edition), outcome.id) : [];
    const decision = decideRestore(before, [outcome, ...others]);
    const row = { edition: edition.date, address: before?.address ?? null };
    if (before === undefined || decision.do === "leave") {
      readers.push({ ...row, outcome: "leftAlone", why: decision.do === "leave" ? decision.why : null });
      continue;
    }
    const isDone =
      request.dryRun || (await mailAgain(ports, request, before, `edition ${edition.date}: ${outcome.detail}`));
    if (isDone && !request.dryRun) subjects.push(outcome.id);
    const did = decision.do === "restore" ? "restored" : "cleared";
    readers.push(isDone ? { ...row, outcome: did, why: null } : { ...row, outcome: "leftAlone", why: CHANGED });
  }
  if (subjects.length > 0) {
    const entry = { at: ports.now(), by: request.by, did: "subscriber restore", newsletter: request.newsletter };
    await ports.audit.append({ ...entry, subjects, note: request.edition ?? `${request.from} to ${request.until}` });
  }
  return readers;
}

const CHANGED = "was changed at the same moment; run it again";

async function outcomesOf({ ledger }: RestoreReadersPorts, editions: readonly Edition[], id: string) {
  const all = editions.map((edition) => ledger.outcome(edition, groupOf(id, edition.groups ?? 1), id));
  return (await Promise.all(all)).filter((outcome) => outcome !== undefined);
}

/**
 * SES's list comes first, or the next mail would bounce again; then the address in every newsletter where it was
 * stopped.
 */
async function mailAgain(
  ports: RestoreReadersPorts,
  { by }: RestoreReadersRequest,
  reader: Subscriber,
  evidence: string,
): Promise<boolean> {
  await ports.unsuppress(reader.address);
  await ports.pause(CLEAR_EVERY_MS);
  if (reader.status !== "bounced") return true;
  const keys = await ports.keys();
  let isWritten = false;
  for (const newsletter of Object.keys(ports.config.newsletters)) {
    const isOwn = newsletter === reader.newsletter;
    const id = subscriberId(keys, newsletter, reader.address);
    const before = isOwn ? reader : await ports.subscribers.get(newsletter, id);
    if (before === undefined || !isStoppedWith(reader, before)) continue;
    const cause = { by, source: "subscriber restore", evidence: evidence.slice(0, 200) };
    const [written] = await ports.subscribers.write(newsletter, [
      { before, after: restored(before, by, ports.now()), cause },
    ]);
    if (isOwn) isWritten = written === true;
  }
  return isWritten;
}
