import { counted, number } from "#domain/counted.ts";
import { isDue } from "#domain/delivery/edition.ts";
import { unknownCallsReason } from "#domain/delivery/table-identity.ts";
import { type Author, authorOf } from "#domain/desk/author.ts";
import { emailHash } from "#domain/edition/content/hash.ts";
import type { NewDecision } from "#domain/edition/decisions/decisions.ts";
import type { Counts, Edition, EditionKey, EditionView } from "#domain/edition/edition.ts";
import { editionKeyOf, editionName } from "#domain/edition/edition.ts";
import { blockersIn } from "#domain/edition/preflight/check.ts";
import type { Finding } from "#domain/edition/preflight/finding.ts";
import { approval, statesBefore } from "#domain/edition/states.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { isDateFar } from "#domain/time/calendar.ts";
import { fromInstant, type Instant, localDate, toInstant, utcMinute } from "#domain/time/instant.ts";
import { audited, type EditionInFlight, type OperatePorts, viewInFlight } from "../../delivery/operate/pause-resume.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Dispatch } from "../../ports/services.ts";
import type { CheckEdition } from "../check/check.ts";
import { type EditionRequest, findNewsletter } from "../edition-request.ts";
import { because, changedMeanwhile, currentEdition, type FoundEdition, findEdition } from "../find-edition.ts";
import type { UpdatePublished } from "../publishing/publish.ts";
import { requireSendable } from "./check-edition.ts";
import { requireSecondPerson } from "./second-person.ts";
import { requireVerifiedSender, type SenderPorts } from "./verified-sender.ts";

export type SendPorts = OperatePorts &
  SenderPorts & {
    /** Drafts an edition from the current candidates. */
    build: (request: EditionRequest & Author) => Promise<Outcome<EditionView>>;
    check: CheckEdition;
    editions: Pick<EditionStore, "update" | "decisions" | "appendDecision">;
    dispatch: Dispatch;
    /** Updates the edition on the web. */
    updatePublished: UpdatePublished;
    anySubscriber: (newsletter: string) => Promise<boolean>;
  };

type EditionAnswer = Promise<Outcome<{ edition: EditionView }>>;

/**
 * Approves an edition and sends it at once: it is due now and never late, because a person requested it. If there is no
 * edition for the date, it is built first. An edition that was held during sending continues with readers who are
 * waiting. Every refusal comes before any change.
 */
export async function sendEdition(
  ports: SendPorts,
  {
    by,
    byId,
    after = 0,
    hash,
    anyway,
    dateFar,
    ...request
  }: EditionRequest & Approving & { after?: number | undefined; dateFar: boolean },
): Promise<Outcome<{ edition: EditionView; findings: Finding[] }>> {
  const found = await findOrBuild(ports, { ...request, dateFar }, { by, byId });
  if (!found.ok) return found;
  const key = editionKeyOf(found.value.edition);
  const at = ports.now();
  // A button pressed twice: the first press counts.
  if (after > 0 && isInItsWindow(found.value.edition, at)) return withFindings(currentEdition(ports, key), []);
  const ready = await readyToApprove(ports, found.value, { by, byId, hash, anyway });
  if (!ready.ok) return ready;
  const { state, rev } = found.value.edition;
  if (!(await ports.editions.update(key, sendingState(found.value.edition, at, after), { state: [state], rev }))) {
    return conflictAnswer(ports, key);
  }
  await logApproval(ports, found.value.edition, { by, byId, hash, anyway }, { at, after, findings: ready.value });
  const shown = () => withFindings(currentEdition(ports, key), ready.value);
  // Watch starts it when it is due; until then it can be withdrawn.
  if (after > 0 && found.value.edition.frozen === null) return shown();
  const dispatched = await ports.dispatch(key);
  return dispatched.ok ? shown() : dispatched;
}

/**
 * An edition that some readers have goes on as it was approved. In the log of decisions, that would count as an approval
 * of edits that no one has seen.
 */
async function logApproval(
  ports: SendPorts,
  edition: Edition,
  approving: Approving,
  { at, after, findings }: { at: Instant; after: number; findings: readonly Finding[] },
): Promise<void> {
  const key = editionKeyOf(edition);
  if (edition.frozenAt !== null) return audited(ports, key, approving, "edition resume", edition.reason);
  const due = after === 0 ? {} : { due: later(at, after) };
  await append(ports, key, {
    do: "approve",
    ...due,
    ...approvedAs(approving, findings),
    ...authorOf(approving),
    at,
  });
}

/**
 * Refuses a date more than one day from the day of sending, unless the person confirms it: an old edition sent by a
 * mistyped date can't be recalled.
 */
export function requireNearDate(
  ports: Pick<SendPorts, "config" | "now">,
  { newsletter, date }: EditionRequest,
  goesOutAt: Instant,
  dateFar: boolean,
): Outcome<true> {
  const found = findNewsletter(ports.config, newsletter);
  if (!found.ok) return found;
  const { timeZone } = found.value;
  const goesOut = localDate(goesOutAt, timeZone);
  if (date === undefined || dateFar || !isDateFar(date, goesOut)) return done(true);
  const why = `${editionName({ newsletter, date })} would go out on ${goesOut}, which is more than one day from its date.`;
  return fault(
    "bad-request",
    `${why} Nothing was sent. Check the date; if it is right, send it from the command line with --date-far.`,
  );
}

/** With the findings of its check, for the person who sends. */
export async function withFindings(
  gives: EditionAnswer,
  findings: Finding[],
): Promise<Outcome<{ edition: EditionView; findings: Finding[] }>> {
  const given = await gives;
  return given.ok ? done({ ...given.value, findings }) : given;
}

const later = (at: Instant, seconds: number): Instant => toInstant(fromInstant(at) + seconds * 1000);

/** Approved for a time in the near future, within the longest undo window. */
const WINDOW_MS = 600_000;
function isInItsWindow({ state, approvedAt, dueAt }: Edition, now: Instant): boolean {
  if (state !== "approved" || approvedAt === null || dueAt === null) return false;
  return dueAt > now && fromInstant(dueAt) - fromInstant(approvedAt) <= WINDOW_MS;
}

/** An edition with a frozen audience is sent to it, without a new approval. */
const sendingState = ({ frozen }: Edition, at: Instant, after: number): Partial<Edition> =>
  frozen === null
    ? approval(at, { dueAt: later(at, after), latest: null, localTime: null })
    : { ...approval(at), state: "sending" };

/** Held during sending, by SES or a time limit, with readers still waiting. */
const isHalfway = ({ state, frozen }: Edition, { waiting, failed }: Counts): boolean =>
  state === "held" && (frozen === null || waiting + failed > 0);

/** Another person was faster: of two who send at once, the second gets the answer that it is sent. */
async function conflictAnswer(ports: SendPorts, key: EditionKey): Promise<Outcome<never>> {
  const now = await findEdition(ports, key);
  const name = editionName(key);
  if (now.ok && isJustApproved(now.value.edition, ports.now())) {
    return fault("already-sent", `${name} is being sent already. An edition is sent once.`);
  }
  const ready = now.ok ? await readyToSend(ports, now.value.edition) : now;
  return ready.ok ? changedMeanwhile(key) : ready;
}

/** Approved and due, but its audience isn't frozen yet: it is about to be sent. */
const isJustApproved = (edition: Edition, now: Instant) =>
  edition.state === "approved" && edition.approvedAt !== null && isDue(edition, now);

async function findOrBuild(
  ports: SendPorts,
  { dateFar, ...request }: EditionRequest & { dateFar: boolean },
  author: Author,
): Promise<Outcome<FoundEdition>> {
  const found = await findEdition(ports, request);
  // An old edition with a frozen audience continues with readers who are waiting.
  const isGoingOn = found.ok && found.value.edition.frozenAt !== null;
  const near = requireNearDate(ports, request, ports.now(), dateFar || isGoingOn);
  if (!near.ok) return near;
  if (found.ok || found.fault.code !== "no-edition") return found;
  const built = await ports.build({ ...request, ...authorOf(author) });
  return built.ok ? findEdition(ports, { newsletter: request.newsletter, date: built.value.date }) : built;
}

/** Checks before an approval for any time: may it be sent, by this person, and is it what they saw? */
export async function readyToApprove(
  ports: SendPorts,
  { edition, revision }: FoundEdition,
  approving: Approving,
): Promise<Outcome<Finding[]>> {
  const ready = await readyToSend(ports, edition);
  if (!ready.ok) return ready;
  const name = editionName(edition);
  const { hash } = approving;
  if (hash !== undefined && revision !== undefined && emailHash(revision.email) !== hash) {
    return fault("conflict", `${name} was changed since you looked at it, so it is not sent. Look at it again.`);
  }
  const second = await requireSecondPerson(ports, editionKeyOf(edition), approving);
  if (!second.ok) return second;
  // An edition that some readers already have continues with the same revision.
  return edition.frozenAt === null
    ? requireSendable(ports, editionKeyOf(edition), { anyway: approving.anyway })
    : done([]);
}

/** Who approves, the hash of what they saw, and whether blockers are overridden. */
export type Approving = Author & { hash?: string | undefined; anyway: boolean };

/** What the log keeps of an approval: the hash of the approved bytes, and the overridden blockers. */
export function approvedAs({ hash }: Approving, findings: readonly Finding[]) {
  const waived = blockersIn(findings).map(({ point }) => point);
  return { ...(hash === undefined ? {} : { hash }), ...(waived.length === 0 ? {} : { waived }) };
}

async function readyToSend(ports: SendPorts, edition: Edition): Promise<Outcome<true>> {
  const { newsletter, state } = edition;
  if (edition.frozenAt !== null || state === "finished") {
    // Only resume --anyway overrides that, because SES may have mailed readers who are waiting here.
    if (edition.state === "held" && edition.reason === unknownCallsReason) {
      return fault("wrong-state", `${editionName(edition)} is held${because(edition)}.`);
    }
    const counts = await ports.editions.counts(editionKeyOf(edition));
    if (isHalfway(edition, counts)) return done(true);
    return fault("already-sent", `${editionName(edition)} ${describeSent(edition, counts)}. An edition is sent once.`);
  }
  if (state !== "approved" && !statesBefore("approved").includes(state)) {
    return fault("wrong-state", `${editionName(edition)} is ${state}${because(edition)}. ${rebuildHint(edition)}`);
  }
  if (edition.rev === 0)
    return fault("wrong-state", `${editionName(edition)} has no content yet. ${rebuildHint(edition)}`);
  const about = findNewsletter(ports.config, newsletter);
  const sender = about.ok ? await requireVerifiedSender(ports, newsletter, about.value.from) : about;
  if (!sender.ok) return sender;
  return (await ports.anySubscriber(newsletter)) ? done(true) : fault("no-subscribers", noSubscribersText(edition));
}

const rebuildHint = ({ newsletter, date }: Edition) =>
  `Draft it again with: npx --no-install broadsheet edition build ${newsletter} --date ${date}.`;

function describeSent(edition: Edition, { audience, accepted, unknown }: Counts): string {
  const when = utcMinute(edition.approvedAt ?? edition.frozenAt ?? edition.createdAt);
  if (edition.state === "finished")
    return `was sent already, ${when}, to ${number(accepted)} of ${counted(audience, "reader")}`;
  const far = `${number(accepted)} of ${counted(audience, "reader")} so far${unknown > 0 ? `, ${number(unknown)} unknown` : ""}`;
  if (edition.state === "sending" || edition.state === "freezing")
    return `is being sent already, since ${when}: ${far}`;
  return `was sent already, ${when}, and is ${edition.state}${because(edition)}: ${far}`;
}

const noSubscribersText = ({ newsletter, state }: Edition) =>
  `${newsletter} has no subscribers, so nothing was sent and the edition stays ${state}. Add some with: npx --no-install broadsheet subscriber add ${newsletter} ADDRESS.`;

/** Ends an edition for good. Calls in flight still finish. */
export async function cancelEdition(
  ports: SendPorts,
  { by, byId, ...request }: EditionRequest & Author,
): Promise<Outcome<EditionInFlight>> {
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const key = editionKeyOf(found.value.edition);
  const cancelled: Partial<Edition> = { state: "cancelled", reason: `cancelled by ${by}` };
  if (!(await ports.editions.update(key, cancelled, { state: statesBefore("cancelled") }))) {
    const now = (await ports.editions.get(key)) ?? found.value.edition;
    return fault("wrong-state", `${editionName(key)} is ${now.state}${because(now)}: there is nothing to cancel.`);
  }
  await append(ports, key, { do: "cancel", reason: null, ...authorOf({ by, byId }), at: ports.now() });
  const remaining = await viewInFlight(ports, key);
  if (remaining.ok && remaining.value.onTheirWay === 0) await ports.updatePublished(key);
  return remaining;
}

/** Appends to the edition's log under the next free number; if another process takes it, the next one is tried. */
export async function append({ editions }: SendPorts, key: EditionKey, decision: NewDecision): Promise<void> {
  let n = (await editions.decisions(key)).length + 1;
  while (!(await editions.appendDecision(key, n, { ...decision, n }))) n += 1;
}
