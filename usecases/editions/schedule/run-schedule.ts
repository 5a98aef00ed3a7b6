import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { counted } from "#domain/counted.ts";
import { decisionsInForce } from "#domain/edition/decisions/decisions.ts";
import { SCHEDULE } from "#domain/edition/decisions/machine.ts";
import { sendingMode } from "#domain/edition/decisions/sending-mode.ts";
import type { Edition, EditionKey, EditionView, LocalTime } from "#domain/edition/edition.ts";
import { approval } from "#domain/edition/states.ts";
import { lastStart, localTimeOf } from "#domain/edition/timing/local-time.ts";
import type { Step } from "#domain/edition/timing/schedule.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { GATE_MS } from "#domain/time/calendar.ts";
import { fromInstant, type Instant, type LocalDate, localDate, toInstant } from "#domain/time/instant.ts";
import type { ScheduleStore } from "../../ports/editions.ts";
import { resolveEdition } from "../edition-request.ts";
import { currentView } from "../find-edition.ts";
import { build } from "../making/build.ts";
import { change } from "../making/change.ts";
import type { Ports } from "../ports.ts";
import { findingsOf, isBlocked, notifyBrokenLinks } from "./check-before-send.ts";
import { type GatePorts, passGate } from "./freshness-gate.ts";
import { heldNotice, skippedNotice, waitingNotice } from "./notices.ts";
import { append, notifyOnce } from "./notify-once.ts";

const by = SCHEDULE;

export type SchedulePorts = GatePorts & { schedule: Pick<ScheduleStore, "markScheduledDone"> };

type Due = { dueAt: Instant; latest: Instant; localTime: LocalTime | null };
type Target = { key: EditionKey; config: NewsletterConfig; due: Due };
type ScheduledStep = { newsletter: string; date?: LocalDate | undefined; scheduledFor: string; step: Step };

/**
 * Does one step of an edition's schedule. "draft" and "gate" draft it, or let the draft take in new articles; "due"
 * sends it in mode auto. Each step can be repeated, and continues after a crash.
 */
export async function runSchedule(ports: SchedulePorts, request: ScheduledStep): Promise<Outcome<EditionView>> {
  const at = fromInstant(request.scheduledFor);
  const found = resolveEdition(ports, { newsletter: request.newsletter });
  if (!found.ok) return found;
  const { config } = found.value;
  const date = request.date ?? localDate(toInstant(at), config.timeZone);
  const target: Target = {
    key: { newsletter: request.newsletter, date },
    config,
    due: {
      dueAt: toInstant(at),
      latest: lastStart(config, date, toInstant(at)),
      localTime: localTimeOf(config),
    },
  };
  if (request.step !== "due") return prepare(ports, target, request.step);
  const outcome = await runDue(ports, target);
  if (outcome.ok) await ports.schedule.markScheduledDone(target.key, ports.now());
  return outcome;
}

/**
 * Before it is due, too little news doesn't skip the edition, since more may arrive; the fault only gives the reason.
 */
async function prepare(ports: GatePorts, { key, config, due }: Target, step: Step): Promise<Outcome<EditionView>> {
  const prepared = step === "gate" ? await passGate(ports, { key, config }) : await takeInNews(ports, key);
  if (!prepared.ok) return prepared;
  const edition = await ports.editions.get(key);
  if (step === "gate" && edition?.state === "draft" && (await waitsForPerson(ports, key, config))) {
    return offerToEditors(ports, { key, config, due });
  }
  return currentView(ports, key);
}

async function takeInNews(ports: Ports, key: EditionKey): Promise<Outcome<unknown>> {
  const before = await ports.editions.get(key);
  if (before !== undefined && !isDraftOfArticles(before)) return done(null);
  const built = await build(ports, { ...key, by });
  return built.ok || (before !== undefined && built.fault.code === "no-candidates") ? done(null) : built;
}

async function runDue(ports: Ports, { key, config, due }: Target): Promise<Outcome<EditionView>> {
  const failed = await ensureEdition(ports, key, config, due);
  const edition = await ports.editions.get(key);
  if (failed && edition === undefined) return failed;
  if (edition?.state === "draft") return proceed(ports, edition, config, due);
  // Finishes a run that approved and then died; dispatching twice is harmless.
  if (edition?.state === "approved" && edition.dueAt === due.dueAt) return dispatched(ports, key);
  if (edition?.state === "skipped" && (await skippedBySchedule(ports, key))) {
    await notifyOnce(ports, key, "skipped", skippedNotice(key, config, edition));
  }
  return currentView(ports, key);
}

/** Drafts the edition if there is none, or skips it. The fault matters only if there is none afterwards. */
async function ensureEdition(
  ports: Ports,
  key: EditionKey,
  config: NewsletterConfig,
  due: Due,
): Promise<Outcome<never> | null> {
  const edition = await ports.editions.get(key);
  if (edition !== undefined) {
    if (isDraftOfArticles(edition) && missedGate(edition, due)) await build(ports, { ...key, by });
    return null;
  }
  const built = await build(ports, { ...key, by });
  if (built.ok) return null;
  if (built.fault.code !== "no-candidates") return built;
  const skipped = await change(ports, key, config, {
    fresh: true,
    decide: ({ edition }) =>
      edition === undefined
        ? done({ do: "skip", reason: built.fault.message, by, at: ports.now() })
        : fault("edition-exists", "Another run was first."),
    judge: () => null,
  });
  return skipped.ok ? null : skipped;
}

/** Only such a draft takes in new articles: approved editions and those from a file stay as they are. */
const isDraftOfArticles = ({ state, cutoff }: Edition): boolean => state === "draft" && cutoff !== null;

const missedGate = ({ cutoff }: Edition, { dueAt }: Due): boolean =>
  cutoff !== null && fromInstant(cutoff) < fromInstant(dueAt) - GATE_MS;

/** Editors get no mail about their own decision. */
async function skippedBySchedule(ports: Ports, key: EditionKey): Promise<boolean> {
  const skips = decisionsInForce(await ports.editions.decisions(key)).filter((decision) => decision.do === "skip");
  return skips.at(-1)?.by === by;
}

/** A draft that is due: it is too late, waits for an editor, or is sent. */
async function proceed(
  ports: Ports,
  edition: Edition,
  config: NewsletterConfig,
  due: Due,
): Promise<Outcome<EditionView>> {
  const key = { newsletter: edition.newsletter, date: edition.date };
  const now = ports.now();
  const only = { state: ["draft"], rev: edition.rev } as const;
  if (now > due.latest) {
    const reason = `It could not start within ${counted(config.lateAfterHours, "hour")} of ${due.dueAt}.`;
    await ports.editions.update(key, { state: "held", reason, ...due }, only);
    await notifyOnce(ports, key, "held", heldNotice(key, config, reason));
    return currentView(ports, key);
  }
  if (await waitsForPerson(ports, key, config)) return offerToEditors(ports, { key, config, due });
  if (await isBlocked(ports, edition, config, due)) return currentView(ports, key);
  const approved = await ports.editions.update(key, approval(now, due), only);
  if (!approved) return scheduledAgain(ports, key, config, due);
  await append(ports, key, () => ({ do: "approve", by, at: now }));
  const sent = await dispatched(ports, key);
  // The edition is being sent, so a failed mail about it raises no alarm.
  if (sent.ok) await notifyBrokenLinks(ports, key, config).catch(() => undefined);
  return sent;
}

const waitsForPerson = async ({ editions }: Ports, key: EditionKey, config: NewsletterConfig): Promise<boolean> =>
  sendingMode(config, config.secondPerson ? await editions.decisions(key) : []) === "approve";

/** Before an approval: sets when it is due, and asks the editors once to approve it. */
async function offerToEditors(ports: Ports, { key, config, due }: Target): Promise<Outcome<EditionView>> {
  await ports.editions.update(key, due, { state: ["draft"] });
  const [view, findings] = await Promise.all([currentView(ports, key), findingsOf(ports, key)]);
  if (view.ok) await notifyOnce(ports, key, "waiting", waitingNotice(key, config, view.value, due.latest, findings));
  return view;
}

/** Throws if the edition can't be sent, so the schedule reports it. */
async function dispatched(ports: Ports, key: EditionKey): Promise<Outcome<EditionView>> {
  const started = await ports.dispatch(key);
  return started.ok ? currentView(ports, key) : started;
}

/** An editor changed the draft at this moment; their change is sent. */
async function scheduledAgain(ports: Ports, key: EditionKey, config: NewsletterConfig, due: Due) {
  const edition = await ports.editions.get(key);
  return edition?.state === "draft" ? proceed(ports, edition, config, due) : currentView(ports, key);
}
