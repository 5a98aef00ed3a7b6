import { counted } from "#domain/counted.ts";
import { isLate } from "#domain/delivery/edition.ts";
import { unknownCallsReason } from "#domain/delivery/table-identity.ts";
import { type Author, authorOf } from "#domain/desk/author.ts";
import type { Counts, Edition, EditionKey, EditionView } from "#domain/edition/edition.ts";
import { editionKeyOf, editionName } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { HOUR } from "#domain/time/durations.ts";
import { fromInstant, type Instant, toInstant } from "#domain/time/instant.ts";
import type { EditionRequest } from "../../editions/edition-request.ts";
import {
  because,
  changedMeanwhile,
  currentEdition,
  type EditionPorts,
  findEdition,
  viewOf,
} from "../../editions/find-edition.ts";
import { requireSecondPerson } from "../../editions/sending/second-person.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { AuditLog, Dispatch } from "../../ports/services.ts";
import { openBatches } from "../open-batches.ts";

/** Ports of commands about an edition that is being sent. */
export type OperatePorts = EditionPorts & {
  editions: Pick<EditionStore, "update" | "decisions">;
  ledger: Pick<Ledger, "groups" | "batches">;
  audit: Pick<AuditLog, "append">;
  /** Wakes the sender if the audience is frozen; otherwise freezes it. */
  dispatch: Dispatch;
};

/** `onTheirWay`: recipients in calls in flight. */
export type EditionInFlight = { edition: EditionView; onTheirWay: number };

/** Pauses an edition that is being sent, until a person resumes it. Calls in flight still finish. */
export async function pauseEdition(
  ports: OperatePorts,
  { by, byId, ...request }: EditionRequest & Author,
): Promise<Outcome<EditionInFlight>> {
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const key = editionKeyOf(found.value.edition);
  const paused = { state: "paused", reason: `paused by ${by}`, pausedAt: ports.now() } as const;
  if (!(await ports.editions.update(key, paused, { state: ["sending"] }))) {
    const now = (await ports.editions.get(key)) ?? found.value.edition;
    // Called again, it reports how many recipients are still in flight.
    if (now.state === "paused") return viewInFlight(ports, key);
    return fault("wrong-state", `${editionName(key)} is ${now.state}${because(now)}: ${whyNotPausable(now)}`);
  }
  await audited(ports, key, { by, byId }, "edition pause", null);
  return viewInFlight(ports, key);
}

function whyNotPausable({ state, newsletter, date }: Edition): string {
  if (state === "approved" || state === "freezing") {
    return `it can be paused once its audience is frozen, or ended with: npx --no-install broadsheet edition cancel ${newsletter} --date ${date}.`;
  }
  return "only an edition that is being sent can be paused.";
}

/** The edition, and the number of recipients in calls in flight. */
export async function viewInFlight(ports: OperatePorts, key: EditionKey): Promise<Outcome<EditionInFlight>> {
  const found = await findEdition(ports, key);
  if (!found.ok) return found;
  return done({ edition: await viewOf(ports, found.value), onTheirWay: await recipientsInFlight(ports, key) });
}

/** Recipients in calls in flight: at most this many more are mailed, whatever is decided now. */
async function recipientsInFlight({ ledger }: Pick<OperatePorts, "ledger">, key: EditionKey): Promise<number> {
  const calling = (await openBatches(ledger, key)).filter(({ state }) => state === "calling");
  return calling.reduce((sum, { call }) => sum + (call?.positions.length ?? 0), 0);
}

/**
 * Resumes a paused, held or halted edition. The cause is checked again; if it remains, the edition is held again.
 * `anyway` overrides matters of judgement (lateness, the canary, the forecast), never what prevents double mails.
 */
export async function resumeEdition(
  ports: OperatePorts,
  { by, byId, anyway, ...request }: EditionRequest & Author & { anyway: boolean },
): Promise<Outcome<{ edition: EditionView }>> {
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const { edition } = found.value;
  const key = editionKeyOf(edition);
  const at = ports.now();
  const may = checkResume(edition, await ports.editions.counts(key), at, anyway);
  if (!may.ok) return may;
  const second = await requireSecondPerson(ports, key, { by, byId }, { since: "approval" });
  if (!second.ok) return second;
  const change = resumedFields(edition, at, anyway ? latestFrom(ports, edition, at) : undefined);
  if (!(await ports.editions.update(key, change, { state: [edition.state] }))) {
    return changedMeanwhile(key);
  }
  await audited(ports, key, { by, byId }, anyway ? "edition resume --anyway" : "edition resume", edition.reason);
  const dispatched = await ports.dispatch(key);
  if (!dispatched.ok) return dispatched;
  return currentEdition(ports, key);
}

function checkResume(edition: Edition, counts: Counts, now: Instant, anyway: boolean): Outcome<true> {
  const { state, newsletter, date } = edition;
  const name = editionName(edition);
  if (state !== "paused" && state !== "held" && state !== "halted") {
    return fault("wrong-state", `${name} is ${state}: only what is paused, held or halted can be resumed.`);
  }
  if (edition.rev === 0 || (edition.frozenAt === null && edition.approvedAt === null)) {
    const how = `npx --no-install broadsheet edition send ${newsletter} --date ${date}`;
    return fault("wrong-state", `${name} is ${state}${because(edition)} and was never approved. Send it with: ${how}.`);
  }
  const { waiting, failed, held, unknown } = counts;
  if (state !== "paused" && edition.frozen !== null && waiting + failed === 0) {
    const how = `npx --no-install broadsheet edition resolve ${newsletter} --date ${date} --all --as delivered (or resend)`;
    return fault(
      "wrong-state",
      `${name} has no waiting readers left; ${counted(held + unknown, "delivery needs", "deliveries need")} your decision. Decide with: ${how}.`,
    );
  }
  if (edition.reason === unknownCallsReason && !anyway)
    return fault("wrong-state", `${name} is held${because(edition)}.`);
  if (isLate(edition, now) && !anyway) {
    const when = edition.latest ?? now;
    return fault("wrong-state", `${name} is too late: its send window ended at ${when}. Add --anyway to send it now.`);
  }
  return done(true);
}

/** The fields of a resumed edition. `latest`: set if a person overrides the cause. */
export function resumedFields(edition: Edition, at: Instant, latest?: Instant | null): Partial<Edition> {
  const state = edition.frozen === null ? "approved" : "sending";
  const due = edition.frozen === null ? { dueAt: at } : {};
  const goes = { state, reason: null, approvedAt: at, ...due } as const;
  if (latest === undefined) return goes;
  const stage = edition.stage === null ? null : "full";
  return { ...goes, latest, stage, anyway: true };
}

/** A late edition gets its newsletter's full send window again, from now. */
function latestFrom({ config }: OperatePorts, { newsletter, latest }: Edition, now: Instant): Instant | null {
  const hours = config.newsletters[newsletter]?.lateAfterHours;
  if (latest === null || hours === undefined) return null;
  const extended = toInstant(fromInstant(now) + hours * HOUR);
  return extended > latest ? extended : latest;
}

/** What people do to a delivery is in the audit log, not in the edition's log of decisions. */
export const audited = (
  ports: Pick<OperatePorts, "audit" | "now">,
  { newsletter, date }: EditionKey,
  author: Author,
  did: string,
  note: string | null,
  subjects: readonly string[] = [],
): Promise<void> =>
  ports.audit.append({ at: ports.now(), ...authorOf(author), did, newsletter, subjects: [date, ...subjects], note });
