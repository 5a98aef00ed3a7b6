import { counted } from "#domain/counted.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { pointerOf } from "#domain/delivery/pace/sender.ts";
import {
  applyDecision,
  applyRetry,
  batchId,
  type DeliveryDecision,
  givenUpPositions,
  isNamed,
  resendFrom,
  undecidedPositions,
} from "#domain/delivery/resolving/resolve-by-person.ts";
import { parseCallId, undecidedOfCall } from "#domain/delivery/resolving/undecided-call.ts";
import { unknownCallsReason } from "#domain/delivery/table-identity.ts";
import type { Author } from "#domain/desk/author.ts";
import type { Edition, EditionKey, EditionState, EditionView } from "#domain/edition/edition.ts";
import { editionKeyOf, editionName } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { EditionRequest } from "../../editions/edition-request.ts";
import { because, currentEdition, findEdition } from "../../editions/find-edition.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { asRead } from "../as-read.ts";
import { closeGroup, finishEdition } from "../close.ts";
import { audited, type OperatePorts, resumedFields } from "./pause-resume.ts";

/** Deliveries that were decided and their batches, and those that can't be resent before `from`. */
type Resolution = {
  edition: EditionView;
  resolved: number;
  batches: string[];
  later: { batch: string; from: Instant }[];
};

export type ResolvePorts = OperatePorts & {
  ledger: Pick<Ledger, "saveBatch" | "seen" | "reopenGroup" | "closeGroup" | "point">;
};

/** Most batches named in the audit log; each batch's own log has the rest. */
const MAX_AUDITED_BATCHES = 200;

type PlacedBatch = { readonly batch: Batch; readonly commit: GroupCommit };
/** One batch, one call of a batch (`3f9ac1d2.1`), or all. */
type BatchChoice = { batch?: string | undefined; call?: string | undefined; all: boolean };
/** The batch as it is stored afterwards, and the number of deliveries this decides. */
type BatchChange = { readonly after: Batch; readonly count: number };

/**
 * A person decides about deliveries that SES may or may not have accepted. `resend` is refused while SES could still
 * accept the old call or its events may still arrive, because readers would get two.
 */
export async function resolveDeliveries(
  ports: ResolvePorts,
  {
    by,
    byId,
    as,
    batch: named,
    call,
    all,
    ...request
  }: EditionRequest & Author & BatchChoice & { as: DeliveryDecision },
): Promise<Outcome<Resolution>> {
  const attempt = call === undefined ? undefined : parseCallId(call)?.attempt;
  const chosen = (batch: Batch) =>
    attempt === undefined ? undecidedPositions(batch) : undecidedOfCall(batch, attempt);
  const target = await decidableBatches(ports, request, { batch: named, call, all }, chosen);
  if (!target.ok) return target;
  const { edition, placed } = target.value;
  const now = ports.now();
  const from = ({ batch }: PlacedBatch) =>
    as === "resend" ? resendFrom(batch, ports.config.delivery.settleSeconds, chosen(batch)) : null;
  const early = placed.filter((one) => (from(one) ?? "") > now);
  const ripe = placed.filter((one) => !early.includes(one));
  const later = early.map((one) => ({ batch: batchId(one.batch.key), from: from(one) ?? now }));
  if (ripe.length === 0) return fault("wrong-state", tooEarly(edition, later));
  const change = (batch: Batch) => ({
    after: applyDecision(batch, as, by, now, chosen(batch)),
    count: chosen(batch).length,
  });
  const saved = await saveAll(ports, edition, ripe, change);
  await audited(
    ports,
    edition,
    { by, byId },
    `edition resolve --as ${as}`,
    counted(saved.count, "delivery", "deliveries"),
    call === undefined ? saved.batches.slice(0, MAX_AUDITED_BATCHES) : [call],
  );
  const continued = await continueEdition(ports, edition, now);
  return continued.ok ? done({ ...continued.value, resolved: saved.count, batches: saved.batches, later }) : continued;
}

/**
 * Retries deliveries that SES rejected repeatedly with a transient error. SES accepted none of these calls, so no one
 * gets two.
 */
export async function retryDeliveries(
  ports: ResolvePorts,
  { by, byId, ...request }: EditionRequest & Author,
): Promise<Outcome<{ edition: EditionView; retried: number }>> {
  const target = await decidableBatches(ports, request, { all: true }, givenUpPositions);
  if (!target.ok) return target;
  const { edition, placed } = target.value;
  const now = ports.now();
  const change = (batch: Batch) => ({ after: applyRetry(batch, by, now), count: givenUpPositions(batch).length });
  const saved = await saveAll(ports, edition, placed, change);
  await audited(
    ports,
    edition,
    { by, byId },
    "edition retry",
    counted(saved.count, "delivery", "deliveries"),
    saved.batches.slice(0, MAX_AUDITED_BATCHES),
  );
  const continued = await continueEdition(ports, edition, now);
  return continued.ok ? done({ ...continued.value, retried: saved.count }) : continued;
}

/** The selected batches that need a decision, or the reason why there are none. */
async function decidableBatches(
  ports: ResolvePorts,
  request: EditionRequest,
  which: BatchChoice,
  positions: (batch: Batch) => readonly number[],
): Promise<Outcome<{ edition: Edition; placed: PlacedBatch[] }>> {
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const { edition } = found.value;
  const name = editionName(edition);
  if (edition.frozen === null) return fault("wrong-state", `${name} is ${edition.state} and has not been sent yet.`);
  if (edition.state === "cancelled") return fault("wrong-state", `${name} is cancelled${because(edition)}.`);
  const given = [which.batch, which.call, which.all ? true : undefined].filter((one) => one !== undefined);
  if (given.length !== 1) return fault("bad-request", "Give one of --call ID, --batch ID and --all.");
  const named = which.call === undefined ? which.batch : parseCallId(which.call)?.batch;
  if (which.call !== undefined && named === undefined) return fault("unknown-batch", noSuchCall(edition, which.call));
  return withDecidable(
    edition,
    await placedBatches(ports, editionKeyOf(edition)),
    { ...which, batch: named },
    positions,
  );
}

function withDecidable(
  edition: Edition,
  every: readonly PlacedBatch[],
  { batch: typed, call }: BatchChoice,
  positions: (batch: Batch) => readonly number[],
): Outcome<{ edition: Edition; placed: PlacedBatch[] }> {
  const name = editionName(edition);
  const named = typed === undefined ? every : every.filter(({ batch }) => isNamed(batch.key, typed));
  if (typed !== undefined && named.length !== 1) return fault("unknown-batch", whichBatch(edition, typed, named));
  const placed = named.filter(({ batch }) => batch.state !== "calling" && positions(batch).length > 0);
  if (placed.length > 0) return done({ edition, placed });
  const one = call === undefined ? `Batch ${typed}` : `Call ${call}`;
  const what = typed === undefined ? name : `${one} of the edition of ${edition.newsletter} for ${edition.date}`;
  const only =
    positions === givenUpPositions ? "SES failed so often that it is not tried by itself" : "is held or unknown";
  return fault("wrong-state", `${what} has no delivery that ${only}. Nothing was changed.`);
}

const noSuchCall = ({ newsletter, date }: Edition, typed: string): string =>
  `“${typed}” isn't a call, such as 3f9ac1d2.1. See the calls with: npx --no-install broadsheet edition calls ${newsletter} --date ${date}`;

function whichBatch(edition: Edition, typed: string, named: readonly PlacedBatch[]): string {
  const list = `npx --no-install broadsheet edition deliveries ${edition.newsletter} --date ${edition.date} --state unknown`;
  if (named.length === 0) {
    return `${editionName(edition)} has no batch ${typed}. A batch is named by at least its first four digits: ${list} shows them.`;
  }
  const some = named.slice(0, 5).map(({ batch }) => batch.key.first.slice(0, 12));
  return `${typed} is the beginning of ${named.length} batches of it: ${some.join(", ")}. Type more digits.`;
}

const tooEarly = (edition: Edition, later: readonly { batch: string; from: Instant }[]): string => {
  const first = later.map(({ from }) => from).toSorted()[0] ?? "";
  return (
    `Nothing of ${editionName(edition).replace(/^The/, "the")} may be sent again before ${first.slice(0, 10)} ${first.slice(11, 16)} UTC: until then ` +
    "SES can still accept the call that was not answered, and its readers would get it twice. Nothing was changed."
  );
};

async function placedBatches({ ledger }: ResolvePorts, key: EditionKey): Promise<PlacedBatch[]> {
  const commits = await ledger.groups(key);
  const all = await Promise.all(
    commits.map(async (commit) =>
      (await ledger.batches(key, commit.group, commit.run)).map((batch) => ({ batch, commit })),
    ),
  );
  return all.flat();
}

/**
 * Saves each batch if it is still as it was read. Its group is reopened before and after, so a process that read the
 * group before can't close it afterwards.
 */
async function saveAll(
  ports: ResolvePorts,
  edition: Edition,
  placed: readonly PlacedBatch[],
  change: (batch: Batch) => BatchChange,
): Promise<{ count: number; batches: string[] }> {
  const key = editionKeyOf(edition);
  const groups = [...new Set(placed.map(({ commit }) => commit.group))];
  for (const group of groups) await ports.ledger.reopenGroup(key, group);
  let count = 0;
  const batches: string[] = [];
  for (const { batch } of placed) {
    const { after, count: decided } = change(batch);
    if (!(await ports.ledger.saveBatch(after, asRead(batch)))) continue;
    count += decided;
    batches.push(batchId(batch.key));
  }
  for (const group of groups) await ports.ledger.reopenGroup(key, group);
  return { count, batches };
}

/** Closes groups with nothing left to do, and continues the edition if readers are waiting. */
async function continueEdition(
  ports: ResolvePorts,
  edition: Edition,
  now: Instant,
): Promise<Outcome<{ edition: EditionView }>> {
  const key = editionKeyOf(edition);
  // A finished edition has no pointer any more, by which watch and the sender find it.
  await ports.ledger.point(pointerOf(edition));
  for (const commit of await ports.ledger.groups(key)) {
    if (commit.closedAt === null) await closeGroup(ports, key, commit, now);
  }
  await finishEdition(ports, key);
  const { waiting, failed } = await ports.editions.counts(key);
  const stops: EditionState[] = ["held"];
  // A restored table sends nothing until a person accepts it; the decision waits for that.
  if (waiting + failed > 0 && edition.reason !== unknownCallsReason) {
    await ports.editions.update(key, resumedFields(edition, now), { state: stops });
    const dispatched = await ports.dispatch(key);
    if (!dispatched.ok) return dispatched;
  }
  return currentEdition(ports, key);
}
