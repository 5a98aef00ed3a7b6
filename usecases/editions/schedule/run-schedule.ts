import type { NewsletterConfig } from "#domain/config.ts";
import { standing } from "#domain/edition/decisions/decisions.ts";
import type { Edition, EditionKey, EditionView } from "#domain/edition/edition.ts";
import { approval } from "#domain/edition/states.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { fromInstant, type Instant, localDate, toInstant } from "#domain/time/instant.ts";
import { resolveEdition } from "../edition-request.ts";
import { currentView } from "../find-edition.ts";
import { build } from "../making/build.ts";
import { change } from "../making/change.ts";
import type { Ports } from "../ports.ts";
import { findingsOf, isBlocked, tellOfLinks } from "./check-before-send.ts";
import { heldNotice, skippedNotice, waitingNotice } from "./notices.ts";
import { append, tellOnce } from "./notify-once.ts";

const HOUR = 3_600_000;
const by = "schedule";

type Due = { dueAt: Instant; latest: Instant };

/**
 * What a schedule asks for: today's edition is drafted, and in mode auto approved and sent. Run twice, or by hand
 * before, it finds the first one; run again after a crash, it goes on where that one stopped.
 */
export async function runSchedule(
  ports: Ports,
  asked: { newsletter: string; scheduledFor: string },
): Promise<Outcome<EditionView>> {
  const at = fromInstant(asked.scheduledFor);
  const named = resolveEdition(ports, { newsletter: asked.newsletter });
  if (!named.ok) return named;
  const { config } = named.value;
  const key = { newsletter: asked.newsletter, date: localDate(toInstant(at), config.timeZone) };
  const due = { dueAt: toInstant(at), latest: toInstant(at + config.lateAfterHours * HOUR) };
  const failed = await ensured(ports, key, config);
  const edition = await ports.editions.get(key);
  if (failed && edition === undefined) return failed;
  if (edition?.state === "draft") return proceed(ports, edition, config, due);
  // A run that approved and died before this is finished here; dispatching twice is harmless.
  if (edition?.state === "approved" && edition.dueAt === due.dueAt) return dispatched(ports, key);
  if (edition?.state === "skipped" && (await skippedBySchedule(ports, key))) {
    await tellOnce(ports, key, "skipped", skippedNotice(key, config, edition));
  }
  return currentView(ports, key);
}

/** Drafts the edition if there is none, or skips it. The fault is of interest only if there is none afterwards. */
async function ensured(ports: Ports, key: EditionKey, config: NewsletterConfig): Promise<Outcome<never> | null> {
  const edition = await ports.editions.get(key);
  if (edition !== undefined) {
    if (isFromTheDayBefore(edition, config)) await build(ports, { ...key, by });
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

/**
 * Begun at the desk on an evening before: the night's news comes in, and what was decided stands. What somebody approved
 * is sent as they saw it, and so is a file.
 */
const isFromTheDayBefore = ({ state, cutoff, date }: Edition, { timeZone }: NewsletterConfig): boolean =>
  state === "draft" && cutoff !== null && localDate(cutoff, timeZone) < date;

/** Editors need not be told what they decided themselves. */
async function skippedBySchedule(ports: Ports, key: EditionKey): Promise<boolean> {
  const skips = standing(await ports.editions.decisions(key)).filter((decision) => decision.do === "skip");
  return skips.at(-1)?.by === by;
}

/** A draft on its day: too late, waiting for an editor, or on its way. */
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
    const reason = `It could not start within ${config.lateAfterHours} hours of ${due.dueAt}.`;
    await ports.editions.update(key, { state: "held", reason, ...due }, only);
    await tellOnce(ports, key, "held", heldNotice(key, config, reason));
    return currentView(ports, key);
  }
  if (config.mode === "approve") {
    await ports.editions.update(key, due, { state: ["draft"] });
    const [view, findings] = await Promise.all([currentView(ports, key), findingsOf(ports, key)]);
    if (view.ok) await tellOnce(ports, key, "waiting", waitingNotice(key, config, view.value, due.latest, findings));
    return view;
  }
  if (await isBlocked(ports, edition, config, due)) return currentView(ports, key);
  const approved = await ports.editions.update(key, approval(now, due), only);
  if (!approved) return scheduledAgain(ports, key, config, due);
  await append(ports, key, () => ({ do: "approve", by, at: now }));
  const sent = await dispatched(ports, key);
  // It is on its way: a mail about it that fails is nothing to wake an operator for.
  if (sent.ok) await tellOfLinks(ports, key, config).catch(() => undefined);
  return sent;
}

/** What keeps an edition from being sent is its schedule's fault to report. */
async function dispatched(ports: Ports, key: EditionKey): Promise<Outcome<EditionView>> {
  const started = await ports.dispatch(key);
  return started.ok ? currentView(ports, key) : started;
}

/** An editor changed the draft in this very moment: their change is sent. */
async function scheduledAgain(ports: Ports, key: EditionKey, config: NewsletterConfig, due: Due) {
  const edition = await ports.editions.get(key);
  return edition?.state === "draft" ? proceed(ports, edition, config, due) : currentView(ports, key);
}
