import { isDue, isLate, lateReason } from "#domain/delivery/edition.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { cohortsOf, frozenTimes } from "#domain/delivery/ledger/cohorts.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { canarySize } from "#domain/delivery/pace/canary.ts";
import { forecastProblem } from "#domain/delivery/pace/outlook.ts";
import type { Sender, SendingPointer } from "#domain/delivery/pace/sender.ts";
import { pointerOf } from "#domain/delivery/pace/sender.ts";
import { callSize, groupCount, groupNames, LARGEST_CALL } from "#domain/delivery/pace/size.ts";
import { EDITIONS_LOOKED_AT, previouslySent, previousProblem } from "#domain/delivery/previous-edition.ts";
import { restoredReason, unfinishedStates } from "#domain/delivery/table-identity.ts";
import { type Edition, type EditionKey, editionName } from "#domain/edition/edition.ts";
import { done, fault } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import { isUnreadableItem } from "#domain/unreadable-item.ts";
import { newestEditions } from "../../editions/newest-editions.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Dispatch, Log } from "../../ports/services.ts";
import type { ClosingPorts } from "../close.ts";
import { isOwnTable, type TableIdentityPorts } from "../own-table.ts";
import { type AdmissionPorts, admissionOf, frozenAdmission, waitingFor } from "./admission.ts";
import { type FreezePorts, freezeGroup } from "./freeze-group.ts";

/** The edition's state, and the number of readers it was frozen for. */
type Dispatched = Awaited<ReturnType<Dispatch>>;

type DispatchPorts = FreezePorts &
  AdmissionPorts & {
    editions: ClosingPorts["editions"] & Pick<EditionStore, "list" | "counts">;
    ledger: TableIdentityPorts["ledger"] & {
      groups: (key: EditionKey) => Promise<GroupCommit[]>;
      writeBatches: (batches: readonly Batch[]) => Promise<void>;
      point: (pointer: SendingPointer) => Promise<void>;
      sender: () => Promise<Sender | undefined>;
    };
    subscribers: Pick<SubscriberStore, "count" | "anyActive">;
    /** Puts the edition on the web. */
    publish: (key: EditionKey) => Promise<void>;
    /** Counts what the edition uses of its sources. */
    countUse: (edition: Edition) => Promise<void>;
    /** Wakes the sender. */
    kick: () => Promise<void>;
    now: () => Instant;
    log: Log;
  };

/** Groups frozen at once; each reads many shards at once. */
const GROUPS_AT_ONCE = 4;

/**
 * Freezes the audience of an approved edition and wakes the sender. It is safe to repeat, also after a crash and at the
 * same time: committed groups stay, and missing ones are done.
 * @param share the part of SES's rate that is ours
 * @param canary whether a large edition goes to some of its readers first
 */
export async function dispatch(
  ports: DispatchPorts,
  key: EditionKey,
  share: number,
  canary = false,
): Promise<Dispatched> {
  const edition = await ports.editions.get(key);
  if (!edition) {
    return fault("no-edition", `There is no edition of ${key.newsletter} for ${key.date}. Build it first.`);
  }
  if (unfinishedStates.includes(edition.state) && !(await isOwnTable(ports)))
    return hold(ports, edition, restoredReason);
  if (edition.state === "approved") return approved(ports, edition, share, canary);
  if (edition.state === "freezing") return freeze(ports, edition, canary);
  // The run that froze it may have died before its kick; an extra kick does no harm.
  if (edition.state === "sending") await ports.kick();
  return answer(edition);
}

const answer = ({ state, frozen }: Edition): Dispatched => done({ state, audience: frozen ?? 0 });

async function approved(ports: DispatchPorts, edition: Edition, share: number, canary: boolean): Promise<Dispatched> {
  const now = ports.now();
  if (isLate(edition, now)) return hold(ports, edition, lateReason(edition));
  if (!isDue(edition, now)) return answer(edition);
  if (!(await ports.subscribers.anyActive(edition.newsletter))) {
    const { newsletter } = edition;
    const reason =
      `${newsletter} has no subscribers, so nothing was sent. Add some with: broadsheet subscriber add ` +
      `${newsletter} ADDRESS; then send the edition.`;
    const held = await hold(ports, edition, reason);
    return held.ok && held.value.state === "held" ? fault("no-subscribers", reason) : held;
  }
  const [all, sender, waiting] = await Promise.all([
    ports.subscribers.count(edition.newsletter),
    knownSender(ports),
    waitingFor(ports, edition.newsletter),
  ]);
  const readers = Math.max(0, all - waiting);
  const reason = forecastProblem(edition, readers, { sender, share, now }) ?? (await problemBefore(ports, edition));
  if (reason !== undefined) return hold(ports, edition, reason);
  const published = edition.published ?? false;
  const shape = shapeOf(edition, readers, sender, share, now);
  const warmUp = await admissionOf(ports, edition);
  const change = { state: "freezing" as const, published, ...shape, warmUp };
  if (await ports.editions.update(edition, change, { state: ["approved"] })) {
    await countOnce(ports, edition);
    return freeze(ports, { ...edition, ...change }, canary);
  }
  return lookAgain(ports, edition, share, canary);
}

/**
 * Bounces and complaints of the previous edition that arrived too late to stop it. A person's --anyway overrides them.
 */
async function problemBefore({ editions, now }: DispatchPorts, edition: Edition): Promise<string | undefined> {
  if (edition.anyway || edition.frozenAt !== null) return undefined;
  const newest = await newestEditions(editions, edition.newsletter, EDITIONS_LOOKED_AT, now());
  const previous = previouslySent(newest, edition.date);
  return previous && previousProblem(previous, await editions.counts(previous));
}

/** What is known about SES. If it can't be read, the audience is frozen anyway, and the sender reports the problem. */
async function knownSender({ ledger }: DispatchPorts): Promise<Sender | undefined> {
  try {
    return await ledger.sender();
  } catch (error) {
    if (!isUnreadableItem(error)) throw error;
    return undefined;
  }
}

/**
 * An edition can be approved again after it was held or cancelled, but its first change from approved to freezing
 * happens once, and only one run sees that it made it. So nothing is counted twice, without a mark of what was counted.
 * A crash here loses the count of one edition, and counting never delays sending.
 */
async function countOnce(ports: DispatchPorts, edition: Edition): Promise<void> {
  if (edition.frozenAt === null) await ports.countUse(edition).catch(() => undefined);
}

/**
 * A fault of the archive doesn't delay sending; an edition that it lacks can still be read by the link in its emails.
 */
async function publishOnce(ports: DispatchPorts, { newsletter, date }: Edition): Promise<void> {
  await ports.publish({ newsletter, date }).catch((error) => {
    ports.log.error("an edition is missing from the archive", { edition: `${newsletter} ${date}`, error });
  });
}

/** Someone else changed it between our read and our write: another dispatch, or a person. */
async function lookAgain(ports: DispatchPorts, key: EditionKey, share: number, canary: boolean): Promise<Dispatched> {
  const now = await ports.editions.get(key);
  return now?.state === "approved" ? answer(now) : dispatch(ports, key, share, canary);
}

async function hold(ports: DispatchPorts, edition: Edition, reason: string): Promise<Dispatched> {
  if (await ports.editions.update(edition, { state: "held", reason }, { state: [edition.state] })) {
    const { newsletter, date } = edition;
    ports.log.error("an edition is held", { edition: `${newsletter} ${date}`, reason });
  }
  const now = await ports.editions.get(edition);
  return answer(now ?? edition);
}

/**
 * Number of groups and size of calls. The first freeze's choice is kept, because its groups may be committed already.
 */
function shapeOf(edition: Edition, readers: number, sender: Sender | undefined, share: number, now: Instant) {
  const { frozenAt, groups, size } = edition;
  if (frozenAt !== null && groups !== null && size !== null) return { frozenAt, groups, size };
  const rate = sender?.rate ?? null;
  const fitting = rate === null ? LARGEST_CALL : callSize(rate * share);
  return { frozenAt: now, groups: groupCount(readers), size: fitting };
}

async function freeze(ports: DispatchPorts, edition: Edition, canary: boolean): Promise<Dispatched> {
  const { frozenAt, groups, size, localTime, warmUp } = edition;
  if (frozenAt === null || groups === null || size === null) {
    throw new Error(`${editionName(edition)} is freezing without a shape.`);
  }
  // Written before anything else: watch finds a stopped freeze by it, and the sender finds its work.
  await ports.ledger.point(pointerOf(edition));
  const committed = new Set((await ports.ledger.groups(edition)).map(({ group }) => group));
  const missing = groupNames(groups)
    .filter((group) => !committed.has(group))
    .values();
  const walker = async () => {
    for (const group of missing) {
      await freezeGroup(ports, { key: edition, group, groups, size, frozenAt, localTime, warmUp });
    }
  };
  await Promise.all(Array.from({ length: GROUPS_AT_ONCE }, walker));
  return release(ports, { ...edition, frozenAt }, groups, canary);
}

/** All groups are committed, so the sender may start. */
async function release(
  ports: DispatchPorts,
  edition: Edition & { frozenAt: Instant },
  groups: number,
  canary: boolean,
): Promise<Dispatched> {
  const commits = await ports.ledger.groups(edition);
  if (commits.length < groups) throw new Error(`Only ${commits.length} of ${groups} groups are committed.`);
  const frozen = commits.reduce((sum, { readers }) => sum + readers, 0);
  const first = canary && !edition.anyway && canarySize(frozen) !== null;
  const stage = first ? ("canary" as const) : ("full" as const);
  const times = frozenTimes(edition, cohortsOf(commits, edition.frozenAt));
  const admission = frozenAdmission(edition.warmUp, commits);
  const sending = { state: "sending" as const, frozen, stage, published: true, ...times, warmUp: admission };
  await ports.editions.update(edition, sending, { state: ["freezing"] });
  await ports.kick();
  await publishOnce(ports, edition);
  const now = await ports.editions.get(edition);
  return answer(now ?? edition);
}
