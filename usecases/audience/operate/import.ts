import { acceptAddress } from "#domain/audience/address/address.ts";
import { subscriberAdded } from "#domain/audience/consent/consent.ts";
import { columnsOfFile } from "#domain/audience/import/columns.ts";
import { formatNames } from "#domain/audience/import/formats.ts";
import type { ImportOutcome, ImportRow, ListLine } from "#domain/audience/import/import-row.ts";
import { readRow } from "#domain/audience/import/read-row.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import { findNewsletter, type Newsletters } from "../../editions/edition-request.ts";
import type {
  ConsentStore,
  RequestQueue,
  SubscriberChange,
  SubscriberErasure,
  SubscriberStore,
  WarmUpStore,
} from "../../ports/audience.ts";
import type { AuditLog } from "../../ports/services.ts";
import { eraseMarked } from "../reader-data.ts";
import { wasErased } from "./subscribers.ts";
import { takeRanks } from "./warm-up.ts";

export type ImportPorts = Newsletters & {
  subscribers: Pick<SubscriberStore, "get" | "getMany" | "write" | "count"> & SubscriberErasure;
  warmUps: WarmUpStore;
  consent: Pick<ConsentStore, "erase" | "erased">;
  requests: RequestQueue;
  audit: Pick<AuditLog, "append">;
  keys: () => Promise<SigningKeys>;
  now: () => Instant;
};

export type ImportRequest = {
  newsletter: string;
  header: readonly string[] | null;
  rows: readonly ListLine[];
  /** The file's name, kept as evidence. */
  file: string;
  format?: string | undefined;
  map: Readonly<Record<string, string>>;
  /** Whether unconfirmed readers get a confirmation mail. */
  ask: boolean;
  dryRun: boolean;
  by: string;
};

type ImportedRow = { line: number; address: string; outcome: ImportOutcome; reason: string | null };
type Import = Pick<ImportRequest, "newsletter" | "file" | "ask" | "by"> & {
  format: string;
  rows: readonly ImportRow[];
};
type AddressRow = { row: ImportRow; id: string; address: string };

/**
 * Imports lines of a list. Consent is monotonic: no line subscribes someone who unsubscribed, bounced, complained, was
 * erased or never confirmed, in this list or here. Importing the same lines again changes nothing, so an interrupted
 * import can be run again.
 */
export async function importRows(
  ports: ImportPorts,
  request: ImportRequest,
): Promise<Outcome<{ format: string; rows: ImportedRow[] }>> {
  const known = findNewsletter(ports.config, request.newsletter);
  if (!known.ok) return known;
  const read = readLines(request);
  return read.ok ? importLines(ports, read.value, request.dryRun) : read;
}

/** The lines with our field names. */
function readLines({ header, rows, map, format, ...request }: ImportRequest): Outcome<Import> {
  if (format !== undefined && !formatNames.includes(format)) {
    return fault("bad-request", `No format is called "${format}". The formats are ${formatNames.join(", ")}.`);
  }
  const file = { header, first: rows[0]?.cells ?? [] };
  const found = columnsOfFile(file, { format, map });
  if (found === undefined) {
    const names = (header ?? []).map((name) => `"${name.replaceAll(/\p{Cc}/gu, "\ufffd")}"`).join(", ");
    return fault(
      "bad-request",
      `No column is known as the email address. The columns are ${names.slice(0, 500)}. Name it: --map email=COLUMN.`,
    );
  }
  return done({ ...request, format: found.format, rows: rows.map((row) => readRow(found.columns, row)) });
}

async function importLines(ports: ImportPorts, request: Import, dryRun: boolean) {
  const { format } = request;
  const { wanted, decidedRows } = await sortRows(ports, request);
  const ids = wanted.map(({ id }) => id);
  const [stored, erased] = await Promise.all([
    ports.subscribers.getMany(request.newsletter, ids, true),
    ports.consent.erased(request.newsletter, ids),
  ]);
  const decided = wanted.map((one) => ({ one, ...decideRow(one, stored.get(one.id), erased.has(one.id), request) }));
  const fresh = decided.filter(({ outcome }) => outcome === "new").map(({ one }) => one);
  const toAsk = decided.filter(({ outcome }) => outcome === "asked").map(({ one }) => one);
  if (dryRun) return done({ format, rows: byLine([...decidedRows, ...decided.map(rowOf)]) });
  const lost = await addNew(ports, request, fresh);
  for (const [at, { address }] of toAsk.entries()) await queueConfirmation(ports, request, address, at);
  const rows = decided.map((each) =>
    lost.has(each.one.id) ? { ...rowOf(each), outcome: "unchanged" as const } : rowOf(each),
  );
  return done({ format, rows: byLine([...decidedRows, ...rows]) });
}

type DecidedRow = { one: AddressRow; outcome: ImportOutcome; reason: string | null };
const rowOf = ({ one, outcome, reason }: DecidedRow): ImportedRow => ({
  line: one.row.line,
  address: one.row.address,
  outcome,
  reason,
});
const byLine = (rows: ImportedRow[]) => rows.sort((a, b) => a.line - b.line);

/** Each address once; invalid and repeated addresses get their outcome here. */
async function sortRows(ports: ImportPorts, { newsletter, rows }: Import) {
  const keys = await ports.keys();
  const wanted = new Map<string, AddressRow>();
  const decidedRows: ImportedRow[] = [];
  for (const row of rows) {
    const address = acceptAddress(row.address);
    if (!address.ok) {
      decidedRows.push({ line: row.line, address: row.address, outcome: "refused", reason: address.fault.message });
      continue;
    }
    const id = subscriberId(keys, newsletter, address.value);
    const before = wanted.get(id);
    if (before === undefined) wanted.set(id, { row, id, address: address.value });
    else
      decidedRows.push({
        line: row.line,
        address: row.address,
        outcome: "unchanged",
        reason: `the same address as line ${before.row.line}`,
      });
    // If two lines are about one reader, the one that ends the subscription counts.
    if (before?.row.status === "active" && row.status !== "active")
      wanted.set(id, { ...before, row: { ...row, line: before.row.line, endedOn: row.line } });
  }
  return { wanted: [...wanted.values()], decidedRows };
}

function decideRow(
  { row }: AddressRow,
  before: Subscriber | undefined,
  isErased: boolean,
  { ask }: Import,
): { outcome: ImportOutcome; reason: string | null } {
  const leaveAlone = (reason: string) => ({ outcome: "leftAlone" as const, reason });
  const place = row.endedOn === null ? "" : `, on line ${row.endedOn}`;
  if (isErased) return leaveAlone(wasErased);
  if (before?.status === "active") {
    return row.status === "active"
      ? { outcome: "unchanged", reason: null }
      : leaveAlone(`${fileStatusWords[row.status]} in the file${place}, subscribed here; to end it: subscriber remove`);
  }
  if (before?.status === "pending") {
    return ask ? { outcome: "asked", reason: null } : leaveAlone("has not confirmed here yet");
  }
  if (before !== undefined)
    return leaveAlone(`${storedStatusWords[before.status]} here on ${before.changedAt.slice(0, 10)}`);
  if (row.status === "active") return { outcome: "new", reason: null };
  if (row.status === "unconfirmed" && ask) return { outcome: "asked", reason: null };
  if (row.status === "unconfirmed") return leaveAlone(`never confirmed${place}; --ask sends a confirmation mail`);
  if (row.status === "unknown") return leaveAlone(`its status "${row.statusText}"${place} isn't known here`);
  return leaveAlone(`${fileStatusWords[row.status]} in the file${place}`);
}

const fileStatusWords: Readonly<Record<ImportRow["status"], string>> = {
  active: "subscribed",
  unsubscribed: "unsubscribed",
  bounced: "bounced",
  complained: "complained",
  unconfirmed: "never confirmed",
  unknown: "of an unknown status",
};
const storedStatusWords: Readonly<Record<Exclude<Subscriber["status"], "active" | "pending">, string>> = {
  left: "unsubscribed",
  removed: "was removed",
  moved: "moved to another address",
  bounced: "bounced",
  complained: "complained",
};

/** Writes new subscribers with their evidence. @returns the ids that someone else added or erased meanwhile */
async function addNew(ports: ImportPorts, request: Import, fresh: readonly AddressRow[]): Promise<Set<string>> {
  const { newsletter, file, format, by } = request;
  const now = ports.now();
  const rank = await takeRanks(ports, newsletter, fresh.length);
  const consent = `imported from ${file.slice(0, 40)}, ${now.slice(0, 10)}`;
  const changes: SubscriberChange[] = fresh.map(({ id, address, row }, at) => ({
    before: undefined,
    after: {
      ...subscriberAdded({ newsletter, id, address }, consent, now),
      ...row.preferences,
      ...(rank !== undefined && { rank: rank + at }),
    },
    cause: { by, source: `${format}: ${file.slice(0, 100)}`, evidence: row.evidence, did: "imported" },
  }));
  const written = await ports.subscribers.write(newsletter, changes);
  const put = fresh.filter((_, at) => written[at]).map(({ id }) => id);
  const erased = await eraseMarked(ports, newsletter, put);
  const added = put.filter((id) => !erased.has(id));
  if (added.length > 0) {
    await ports.audit.append({ at: now, by, did: "subscriber import", newsletter, subjects: added, note: file });
  }
  return new Set(fresh.filter(({ id }, at) => !written[at] || erased.has(id)).map(({ id }) => id));
}

/** SQS's longest delay, in seconds; confirmation mails are spread over it. */
const SPREAD_SECONDS = 900;

async function queueConfirmation(ports: ImportPorts, request: Import, address: string, at: number): Promise<void> {
  const { newsletter, file, format } = request;
  const language = ports.config.newsletters[newsletter]?.language ?? "en";
  const source = `${format}: ${file.slice(0, 100)}`;
  const common = { newsletter, language, at: ports.now(), source, network: null };
  await ports.requests.put({ do: "subscribe", address, ...common }, Math.min(SPREAD_SECONDS, at));
}
