import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { isLate } from "#domain/delivery/edition.ts";
import { type Author, authorOf } from "#domain/desk/author.ts";
import type { Edition, EditionView, LocalTime } from "#domain/edition/edition.ts";
import { editionKeyOf, editionName } from "#domain/edition/edition.ts";
import type { Finding } from "#domain/edition/preflight/finding.ts";
import { approval } from "#domain/edition/states.ts";
import { localTimeOf } from "#domain/edition/timing/local-time.ts";
import type { Due } from "#domain/edition/timing/plan.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { type Calendar, type CalendarDay, calendarDay } from "#domain/time/calendar.ts";
import { clockText } from "#domain/time/wall-clock.ts";
import { type EditionRequest, findNewsletter } from "../edition-request.ts";
import { because, changedMeanwhile, currentEdition, type FoundEdition, findEdition } from "../find-edition.ts";
import { chosenDue, ownDue } from "./due.ts";
import {
  type Approving,
  append,
  approvedAs,
  readyToApprove,
  requireNearDate,
  type SendPorts,
  withFindings,
} from "./send.ts";

/** Approves an edition for its newsletter's own time, or for now if that has passed and it isn't late yet. */
export async function approveEdition(
  ports: SendPorts & { calendar: (newsletter: string) => Calendar },
  { by, byId, hash, anyway, ...request }: EditionRequest & Approving,
): Promise<Outcome<{ edition: EditionView; due: Due; findings: Finding[] }>> {
  const found = await findWithNewsletter(ports, request);
  if (!found.ok) return found;
  const { edition, about } = found.value;
  const calendar = ports.calendar(edition.newsletter);
  const due = ownDue(edition, about, calendar);
  if (due === undefined) return skippedByCalendar(edition, calendarDay(calendar, edition.date));
  if (isLate(due, ports.now())) return tooLate(edition, about, due);
  return approveFor(ports, found.value, { due, localTime: localTimeOf(about) }, { by, byId, hash, anyway });
}

/** Approves it for another time, for all readers at once. */
export async function scheduleEdition(
  ports: SendPorts,
  {
    by,
    byId,
    hash,
    anyway,
    at,
    second,
    dateFar,
    ...request
  }: EditionRequest & Approving & { at: string; second: boolean; dateFar: boolean },
): Promise<Outcome<{ edition: EditionView; due: Due; findings: Finding[] }>> {
  const found = await findWithNewsletter(ports, request);
  if (!found.ok) return found;
  const { edition, about } = found.value;
  const due = chosenDue(edition, about, { at, second, now: ports.now() });
  if (!due.ok) return due;
  const near = requireNearDate(ports, editionKeyOf(edition), due.value.at, dateFar);
  return near.ok
    ? approveFor(ports, found.value, { due: due.value, localTime: null }, { by, byId, hash, anyway })
    : near;
}

async function findWithNewsletter(
  ports: SendPorts,
  request: EditionRequest,
): Promise<Outcome<FoundEdition & { about: NewsletterConfig }>> {
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const about = findNewsletter(ports.config, found.value.edition.newsletter);
  return about.ok ? done({ ...found.value, about: about.value }) : about;
}

/** The approval is for exactly the revision that was seen: another revision in between makes it a draft again. */
async function approveFor(
  ports: SendPorts,
  found: FoundEdition,
  { due, localTime }: { due: Due; localTime: LocalTime | null },
  approving: Approving,
) {
  const { edition } = found;
  if (edition.frozenAt === null && edition.state === "approved" && edition.dueAt === due.at) {
    return withDue(ports, edition, due, []);
  }
  const ready = await readyToApprove(ports, found, approving);
  if (!ready.ok) return ready;
  if (edition.frozenAt !== null) {
    const how = `npx --no-install broadsheet edition resume ${edition.newsletter} --date ${edition.date}`;
    return fault(
      "wrong-state",
      `${editionName(edition)} is on its way already${because(edition)}. Go on with: ${how}.`,
    );
  }
  const at = ports.now();
  const only = { state: [edition.state], rev: edition.rev };
  const change = approval(at, { dueAt: due.at, latest: due.latest, localTime });
  if (!(await ports.editions.update(editionKeyOf(edition), change, only))) return changedMeanwhile(edition);
  await append(ports, editionKeyOf(edition), {
    do: "approve",
    due: due.at,
    ...approvedAs(approving, ready.value),
    ...authorOf(approving),
    at,
  });
  return withDue(ports, edition, due, ready.value);
}

async function withDue(
  ports: SendPorts,
  edition: Edition,
  due: Due,
  findings: Finding[],
): Promise<Outcome<{ edition: EditionView; due: Due; findings: Finding[] }>> {
  const now = await withFindings(currentEdition(ports, editionKeyOf(edition)), findings);
  return now.ok ? done({ ...now.value, due }) : now;
}

/** Withdraws an approval, as long as nothing was sent to SES. */
export async function withdrawEdition(
  ports: SendPorts,
  { by, byId, ...request }: EditionRequest & Author,
): Promise<Outcome<{ edition: EditionView }>> {
  const found = await findEdition(ports, request);
  if (!found.ok) return found;
  const { edition } = found.value;
  const key = editionKeyOf(edition);
  const { state, frozenAt, newsletter, date } = edition;
  if (state !== "approved" || frozenAt !== null) {
    const how = `npx --no-install broadsheet edition pause ${newsletter} --date ${date}`;
    const fix = frozenAt === null ? "There is no approval to take back." : `It is on its way: stop it with: ${how}.`;
    return fault("wrong-state", `${editionName(edition)} is ${state}${because(edition)}. ${fix}`);
  }
  const draft: Partial<Edition> = { state: "draft", approvedAt: null, dueAt: null, latest: null, localTime: null };
  if (!(await ports.editions.update(key, draft, { state: ["approved"], rev: edition.rev }))) {
    return changedMeanwhile(edition);
  }
  await append(ports, key, { do: "withdraw", ...authorOf({ by, byId }), at: ports.now() });
  return currentEdition(ports, key);
}

function tooLate(edition: Edition, { timeZone }: NewsletterConfig, { at, latest }: Due) {
  const when = `it was due ${clockText(at, timeZone)} ${timeZone} and could start until ${clockText(latest ?? at, timeZone)}`;
  return fault("wrong-state", `${editionName(edition)} is too late: ${when}. ${wrongStateAnswer(edition)}`);
}

function skippedByCalendar(edition: Edition, { note }: CalendarDay) {
  const why = `the newsletter's calendar skips the date. ${note ?? ""}`.trim();
  return fault("wrong-state", `${editionName(edition)} has no usual time: ${why} ${wrongStateAnswer(edition)}`);
}

const wrongStateAnswer = ({ newsletter, date }: Edition) =>
  `Give it another time with: npx --no-install broadsheet edition schedule ${newsletter} --date ${date} --at HH:MM; or send it now.`;
