import { callOf } from "#domain/delivery/calls/attempt.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { OutcomeKind } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import { type DeliveryReport, type DeliveryState, reportOf, stateAt } from "#domain/delivery/resolving/report.ts";
import { undecidedPositions } from "#domain/delivery/resolving/resolve-by-person.ts";
import { callId, type UndecidedCall, undecidedCalls } from "#domain/delivery/resolving/undecided-call.ts";
import { welcomeGroup } from "#domain/delivery/welcome.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { editionKeyOf } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { EditionRequest } from "../../editions/edition-request.ts";
import { type EditionPorts, findEdition } from "../../editions/find-edition.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { Ledger } from "../../ports/ledger.ts";

export type DeliveriesPorts = EditionPorts & {
  ledger: Pick<Ledger, "groups" | "batches" | "outcomes" | "seenInGroup">;
  subscribers: Pick<SubscriberStore, "getMany">;
};

type DeliveriesRequest = EditionRequest & {
  state?: DeliveryState | OutcomeKind | undefined;
  addresses: boolean;
  after?: string | undefined;
};
/** `call`: for a delivery that needs a decision, the time of its call and how many of its readers were seen. */
type PlacedReport = DeliveryReport & { call: UndecidedCall | null };
type DeliveryRow = PlacedReport & { address: string | null };

type Group = Pick<GroupCommit, "group" | "run">;

/** Batches a page: at most 5,000 deliveries, about 1 MB; Lambda's limit for a response is 6 MB. */
const PAGE = 100;

/** An edition's deliveries, by pages of batches; on request with the readers' current addresses. */
export async function listDeliveries(
  ports: DeliveriesPorts,
  { state, addresses, after, ...request }: DeliveriesRequest,
): Promise<Outcome<{ deliveries: DeliveryRow[]; next: string | null }>> {
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const key = editionKeyOf(found.value.edition);
  const position = pageStart(after);
  if (position === undefined) return fault("bad-request", `after: “${after}” is not what an answer gave as next.`);
  const commits = await groupsOf(ports, key);
  const commit = commits.find(({ group }) => group >= position.group);
  if (!commit) return done({ deliveries: [], next: null });
  const skipped = commit.group === position.group ? position.batches : 0;
  const batches = await ports.ledger.batches(key, commit.group, commit.run);
  const page = batches.slice(skipped, skipped + PAGE);
  const rows = await reports(ports, key, commit, page, state);
  const deliveries = addresses ? await withAddresses(ports, key, rows) : rows.map(anonymous);
  return done({ deliveries, next: nextPageStart(commits, commit, skipped + page.length, batches.length) });
}

/** `03:200`: of the group 03, from its batch 200 on. */
function pageStart(after: string | undefined): { group: string; batches: number } | undefined {
  if (after === undefined) return { group: "", batches: 0 };
  const [, group, batches] = /^([0-9a-z]{2,8}):(\d{1,9})$/.exec(after) ?? [];
  return group === undefined ? undefined : { group, batches: Number(batches) };
}

/** The edition's groups, and its welcomes if there are any. */
async function groupsOf({ ledger }: DeliveriesPorts, key: EditionKey): Promise<Group[]> {
  const groups = await ledger.groups(key);
  const welcomes = await ledger.batches(key, welcomeGroup.group, welcomeGroup.run);
  return welcomes.length > 0 ? [...groups, welcomeGroup] : groups;
}

function nextPageStart(commits: readonly Group[], { group }: Group, read: number, all: number): string | null {
  if (read < all) return `${group}:${read}`;
  const following = commits.find((commit) => commit.group > group);
  return following ? `${following.group}:0` : null;
}

async function reports(
  ports: DeliveriesPorts,
  key: EditionKey,
  group: Group,
  batches: readonly Batch[],
  state: DeliveriesRequest["state"],
): Promise<PlacedReport[]> {
  const outcomes = new Map((await ports.ledger.outcomes(key, group.group)).map((outcome) => [outcome.id, outcome]));
  const seen = await seenOfUndecided(ports, key, group, batches);
  return batches.flatMap((batch) => {
    const own = seen.get(batch.key.first) ?? new Set<SeenKey>();
    const calls = new Map(
      undecidedCalls(batch, own, ports.config.delivery.settleSeconds).map((call) => [call.id, call]),
    );
    const undecided = new Set(undecidedPositions(batch));
    return batch.ids.flatMap((id, position) => {
      const outcome = outcomes.get(id);
      const wanted = state === undefined || state === stateAt(batch, position) || state === outcome?.kind;
      const attempt = undecided.has(position) ? callOf(batch, position)?.attempt : undefined;
      const call = (attempt !== undefined && calls.get(callId(batch.key, attempt))) || null;
      return wanted ? [{ ...reportOf(batch, position, outcome), call }] : [];
    });
  });
}

/** What was seen of batches that need a decision; nothing is read if none does. */
const seenOfUndecided = async (
  { ledger }: DeliveriesPorts,
  key: EditionKey,
  { group, run }: Group,
  batches: readonly Batch[],
): Promise<Map<string, Set<SeenKey>>> =>
  batches.some((batch) => undecidedPositions(batch).length > 0) ? ledger.seenInGroup(key, group, run) : new Map();

const anonymous = (row: PlacedReport): DeliveryRow => ({ ...row, address: null });

/** Erased readers have no address any more. */
async function withAddresses(
  ports: DeliveriesPorts,
  key: EditionKey,
  rows: readonly PlacedReport[],
): Promise<DeliveryRow[]> {
  const ids = rows.map(({ reader }) => reader);
  const found = await ports.subscribers.getMany(key.newsletter, ids, false);
  return rows.map((row) => ({ ...row, address: found.get(row.reader)?.address ?? null }));
}
