import { isClaimable, refusedTooLong } from "#domain/delivery/calls/attempt.ts";
import {
  type ApprovedPointer,
  freezeAction,
  isDue,
  isLate,
  isPointerObsolete,
  isReminderDue,
  lateProblem,
  lateReason,
  refusedReason,
} from "#domain/delivery/edition.ts";
import type { Batch, BatchState } from "#domain/delivery/ledger/batch.ts";
import type { Sender, SendingPointer } from "#domain/delivery/pace/sender.ts";
import { type Edition, type EditionKey, type EditionState, editionLabel } from "#domain/edition/edition.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import { isUnreadableItem } from "#domain/unreadable-item.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { Log } from "../../ports/services.ts";
import { type ClosingPorts, finishEdition } from "../close.ts";
import { forgetWelcomes, holdRestored, isOwnTable, type TableIdentityPorts } from "../own-table.ts";
import { type CanaryPorts, judgeStage } from "./canary.ts";
import { type NotifyHeldPorts, notifyHeldForPrevious } from "./notify-held.ts";
import { type RepairPorts, repairGroups } from "./repair.ts";
import { careForWelcomes, type WelcomeCarePorts } from "./welcomes.ts";

/** What one round of watch did. */
export type WatchReport = {
  kicked: boolean;
  dispatched: string[];
  /** Batches that became unknown. */
  unknown: number;
  /** Unanswered batches whose outcome was found, or that now wait for a person. */
  resolved: number;
  closed: number;
  finished: string[];
};

type WatchPorts = ClosingPorts &
  RepairPorts &
  CanaryPorts &
  WelcomeCarePorts &
  TableIdentityPorts &
  NotifyHeldPorts & {
    editions: Pick<EditionStore, "approved" | "removeApproved">;
    ledger: Pick<Ledger, "pointers" | "unpoint" | "sender">;
    /** Stores how a finished edition went. False: it could not; the next round tries again. */
    leaveHeartbeat: (edition: Edition) => Promise<boolean>;
    /** Invokes dispatch and waits for it. */
    dispatch: (key: EditionKey) => Promise<void>;
    kick: () => Promise<void>;
    now: () => Instant;
    log: Log;
  };

type Report = Omit<WatchReport, "started">;

/** An approval of a due edition calls dispatch at once; watch waits this long before calling it too. */
const APPROVER_MS = 60_000;

/** The timer of every state: whatever no other function continued is continued here, or held for a person. */
export async function watch(ports: WatchPorts): Promise<Report> {
  const report: Report = { kicked: false, dispatched: [], unknown: 0, resolved: 0, closed: 0, finished: [] };
  const own = await isOwnTable(ports);
  for (const pointer of await approvedEditions(ports)) {
    await isolateFailure(ports, pointer, () =>
      own ? repairApproved(ports, pointer, report) : holdRestored(ports, pointer),
    );
  }
  let ready = await careForEveryWelcome(ports, own);
  const pointers = await ports.ledger.pointers();
  for (const pointer of pointers) {
    if (!own) await isolateFailure(ports, pointer, () => holdRestored(ports, pointer));
    const work = await isolateFailure(ports, pointer, () => repairSending(ports, pointer, report));
    ready ||= work === "ready";
  }
  if ((ready || pointers.length > 0) && (await isKickNeeded(ports, { ready }))) {
    await ports.kick();
    report.kicked = true;
  }
  return report;
}

/** Welcomes never delay an edition. */
async function careForEveryWelcome(ports: WatchPorts, own: boolean): Promise<boolean> {
  try {
    if (own) return await careForWelcomes(ports);
    await forgetWelcomes(ports);
  } catch (error) {
    ports.log.warn("watch could not look after the welcomes", { error });
  }
  return false;
}

/** The outcome of its last call isn't known yet. */
const isUnderWay: ReadonlySet<BatchState> = new Set(["calling", "unknown", "mixed"]);

/** If they can't be read, editions being sent are still handled. */
async function approvedEditions({ editions, log }: WatchPorts): Promise<ApprovedPointer[]> {
  try {
    return await editions.approved();
  } catch (error) {
    log.error("watch could not read which editions are approved", { error });
    return [];
  }
}

/** A fault of one edition never delays another. */
async function isolateFailure<T>(ports: WatchPorts, key: EditionKey, repair: () => Promise<T>): Promise<T | undefined> {
  try {
    return await repair();
  } catch (error) {
    ports.log.error("watch could not look after an edition", { edition: editionLabel(key), error });
    return undefined;
  }
}

/** An approved edition, whatever its date. Its pointer is deleted when the edition has moved on. */
async function repairApproved(ports: WatchPorts, pointer: ApprovedPointer, report: Report): Promise<void> {
  const edition = await ports.editions.get({ newsletter: pointer.newsletter, date: pointer.date });
  if (edition) await notifyHeldForPrevious(ports, edition);
  if (isPointerObsolete(pointer, edition, ports.now())) await ports.editions.removeApproved(pointer);
  else if (edition) await repairBeforeSending(ports, edition, report);
}

/** Editions before sending. */
async function repairBeforeSending(ports: WatchPorts, edition: Edition, report: Report): Promise<void> {
  const now = ports.now();
  if (edition.state === "approved") {
    if (isLate(edition, now)) return hold(ports, edition, ["approved"], lateReason(edition));
    if (isDue(edition, now) && !isApproverDispatching(edition, now)) return dispatch(ports, edition, report);
  }
  if (edition.state === "freezing" && edition.frozenAt !== null) {
    const commits = (await ports.ledger.groups(edition)).map(({ committedAt }) => committedAt).toSorted();
    // If it was held and a person resumed it, its time starts again.
    const begun = [edition.frozenAt, edition.approvedAt ?? edition.frozenAt].toSorted().at(-1) ?? edition.frozenAt;
    const repair = freezeAction(begun, commits.at(-1), now);
    if (repair === "dispatch") return dispatch(ports, edition, report);
    const reason = "Held because its audience could not be frozen for 30 minutes; dispatch's log says why.";
    if (repair === "hold") return hold(ports, edition, ["freezing"], reason);
  }
}

function isApproverDispatching({ approvedAt, dueAt }: Edition, now: Instant): boolean {
  if (approvedAt === null || (dueAt !== null && approvedAt < dueAt)) return false;
  return fromInstant(now) - fromInstant(approvedAt) < APPROVER_MS;
}

async function dispatch(ports: WatchPorts, edition: Edition, report: Report): Promise<void> {
  if (report.dispatched.includes(editionLabel(edition))) return;
  report.dispatched.push(editionLabel(edition));
  await ports.dispatch({ newsletter: edition.newsletter, date: edition.date });
}

const hold = (ports: WatchPorts, edition: Edition, from: readonly EditionState[], reason: string): Promise<void> =>
  stop(ports, edition, from, { state: "held", reason });

async function stop(
  ports: WatchPorts,
  edition: Edition,
  from: readonly EditionState[],
  { state, reason }: { state: "held" | "halted"; reason: string },
): Promise<void> {
  if (!(await ports.editions.update(edition, { state, reason }, { state: from }))) return;
  ports.log.error(`an edition is ${state}`, { edition: editionLabel(edition), reason });
}

/** Editions being sent. "ready": there is something to claim. */
async function repairSending(ports: WatchPorts, pointer: SendingPointer, report: Report) {
  const { newsletter, date } = pointer;
  const key = { newsletter, date };
  const repaired = await repairGroups(ports, key, ports.now());
  const { unknown, resolved, closed, open, untouched, unread } = repaired;
  report.unknown += unknown;
  report.resolved += resolved;
  report.closed += closed;
  const state = await finishEdition(ports, key);
  if (state === "finished") report.finished.push(editionLabel(key));
  const edition = await ports.editions.get(key);
  if (!edition || isOver(edition)) {
    // Calls in flight are resolved first; after that, it needs no more checks.
    const isResolved = unread === 0 && !open.some(({ state: st }) => isUnderWay.has(st));
    if (isResolved && (await isNoted(ports, edition))) await ports.ledger.unpoint(pointer);
    return "over";
  }
  if (edition.state === "freezing") await repairBeforeSending(ports, edition, report);
  const now = ports.now();
  // If no one is waiting for it, only its own send window makes it late.
  const late = lateProblem(edition, repaired.waitingSince ?? now, now);
  if (late !== undefined) await hold(ports, edition, ["sending", "paused"], late);
  else if (edition.state === "paused" && edition.pausedAt && isReminderDue(edition.pausedAt, now)) {
    const { pausedAt, latest } = edition;
    ports.log.error("an edition is still paused: resume it or cancel it", {
      edition: editionLabel(key),
      pausedAt,
      latest,
    });
  }
  if (late !== undefined || edition.state !== "sending") return "waiting";
  const refused = (await isAsleep(ports)) ? undefined : firstRefused(open, now, edition.approvedAt);
  if (refused !== undefined) await hold(ports, edition, ["sending"], refusedReason(refused));
  else if (edition.stage === "canary") return canary(ports, edition, now);
  else if (untouched > 0 || open.some((batch) => isClaimable(batch, now))) return "ready";
  return "waiting";
}

/** The pointer is the only way to find an edition that finished weeks after newer ones. */
const isNoted = async (ports: WatchPorts, edition: Edition | undefined): Promise<boolean> =>
  edition?.state !== "finished" || ports.leaveHeartbeat(edition);

/** Continues an edition after its first readers, or stops it. "ready": there is something to claim. */
async function canary(ports: WatchPorts, edition: Edition, now: Instant) {
  const verdict = await judgeStage(ports, edition, now);
  if (verdict.is === "halted" || verdict.is === "held") {
    await stop(ports, edition, ["sending"], { state: verdict.is, reason: verdict.reason });
    return "waiting";
  }
  if (verdict.is === "wait") return verdict.ready ? "ready" : "waiting";
  await ports.editions.update(edition, { stage: "full" }, { state: ["sending"] });
  ports.log.info("an edition's first readers took it well; the rest follow", { edition: editionLabel(edition) });
  return "ready";
}

function firstRefused(batches: readonly Batch[], now: Instant, sentAt: Instant | null): string | undefined {
  for (const batch of batches) {
    const why = refusedTooLong(batch, now, sentAt);
    if (why !== undefined) return why;
  }
  return undefined;
}

const isOver = ({ state }: Edition): boolean => ["cancelled", "finished", "skipped"].includes(state);

/**
 * Whether to kick the sender: there is work and no sender is running or sleeping, or one has slept long enough for the
 * quota (its edition's groups may be too old to be read each minute). If the sender's item can't be read, the sender
 * reports that itself, and another run wouldn't help.
 */
async function isKickNeeded(ports: WatchPorts, { ready }: { ready: boolean }): Promise<boolean> {
  const sender = await senderOf(ports);
  if (sender === "unreadable") return false;
  if (sender === undefined) return ready;
  const now = ports.now();
  if (sender.until >= now || isSleeping(sender, now)) return false;
  return ready || sender.wakeAt !== null;
}

async function senderOf({ ledger, log }: WatchPorts): Promise<Sender | undefined | "unreadable"> {
  try {
    return await ledger.sender();
  } catch (error) {
    if (!isUnreadableItem(error)) throw error;
    log.error('nothing can be sent: see the runbook, "delivery-asks"', { reason: error.message });
    return "unreadable";
  }
}

async function isAsleep(ports: WatchPorts): Promise<boolean> {
  const sender = await senderOf(ports);
  return sender !== undefined && sender !== "unreadable" && isSleeping(sender, ports.now());
}

/** SES's quota is used up; waiting for it doesn't count as refused. */
const isSleeping = ({ wakeAt }: Sender, now: Instant): boolean => wakeAt !== null && wakeAt > now;
