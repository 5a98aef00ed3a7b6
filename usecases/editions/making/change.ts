import { isDeepStrictEqual } from "node:util";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { listIdFor } from "#domain/delivery/calls/list-id.ts";
import { type Field, type Made, makeEdition, regrouped } from "#domain/edition/content/make.ts";
import type { Decision, NewDecision } from "#domain/edition/decisions/decisions.ts";
import type { Edition, EditionContent, EditionKey, EditionView } from "#domain/edition/edition.ts";
import { isOnItsWay, newEdition } from "#domain/edition/states.ts";
import { editionView } from "#domain/edition/views/view.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import { currentView } from "../find-edition.ts";
import type { MakingPorts } from "../ports.ts";
import { bytesOf, emailOf } from "./email.ts";
import { type Gathered, readField } from "./gather.ts";
import { keepCandidates } from "./keep-candidates.ts";
import { withPictures } from "./picture.ts";

/** Each failed try means that another editor's change succeeded. */
const MOST_ATTEMPTS = 10;

/** An edition with everything that is needed to judge a change. */
export type EditionState = {
  edition: Edition | undefined;
  log: Decision[];
  /** Its newest revision's content; null before the first. */
  content: EditionContent | null;
  /** With stories grouped as editors decided. */
  field: Field;
  /** The content the edition would have with another log. */
  fold: (log: readonly Decision[]) => EditionContent;
};

export type Change = {
  /** Uses the current candidates, not those of the edition's own cut-off. */
  fresh: boolean;
  /**
   * The new revision is for readers who are still waiting; without it, an edition that is being sent only stores the
   * decision.
   */
  corrects?: boolean;
  /** The decision to append, or a fault; null: the log has it already. */
  decide: (current: EditionState) => Outcome<NewDecision | null>;
  /** A fault if the result isn't acceptable; nothing is stored then. */
  judge: (made: Made) => Outcome<never> | null;
};

/**
 * Changes an edition: appends the decision, folds the log, and stores the result as the next revision. The numbers of
 * decision and revision are conditional, so if two editors decide at once, the second sees the first one's change and
 * tries again. No decision is lost or counted twice.
 */
export async function change(
  ports: MakingPorts,
  key: EditionKey,
  config: NewsletterConfig,
  { fresh, corrects = false, decide, judge }: Change,
): Promise<Outcome<EditionView>> {
  const now = ports.now();
  const read = candidateReader(ports, key, config);
  let appended = false;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const edition = await ports.editions.get(key);
    const cutoff = fresh ? now : (edition?.cutoff ?? now);
    // After the edition, so its decisions are in the log; in parallel, because an editor is waiting.
    const [log, { gathered, field }, content] = await Promise.all([
      ports.editions.decisions(key),
      read(cutoff),
      contentOf(ports, edition),
    ]);
    const next = await decideNext(decide, { edition, log, content }, { gathered, field }, { appended });
    if (!next.ok) return next;
    const { decision, made } = next.value;
    appended ||= decision === null;
    const refused = judge(made);
    if (refused) return refused;
    // Before the decision is in the log: an approval that came while a slow server is waited for would count as one of
    // this decision, whose revision no one has seen.
    const shown = await withPictures(ports, made.content, content);
    if (decision !== null && !appended) appended = await ports.editions.appendDecision(key, decision.n, decision);
    if (!appended) continue;
    if (edition && isOnItsWay(edition) && !corrects) return preview(ports, config, edition, shown);
    const storing = { edition, made: { ...made, content: shown }, cutoff, now };
    if (!(await store(ports, key, config, storing))) continue;
    if (takesCandidates(edition, made, cutoff)) await keepCandidates(ports, gathered, field);
    return currentView(ports, key);
  }
  return fault("conflict", `Others are changing the edition of ${key.newsletter} for ${key.date}. Try again.`);
}

type Candidates = { gathered: Gathered; field: Field };

/** The decision (null: none) and its result. `appended`: the log has it already. */
function decideNext(
  decide: Change["decide"],
  { edition, log, content }: Pick<EditionState, "edition" | "log" | "content">,
  { gathered, field }: Candidates,
  { appended }: { appended: boolean },
): Promise<Outcome<{ decision: Decision | null; made: Made }>> {
  const fold = (decisions: readonly Decision[]) => makeEdition({ ...gathered, decisions }, field).content;
  return gathered.withTexts(() => {
    const grouped = regrouped(field, { ...gathered, decisions: log });
    const decided = decide({ edition, log, content, field: grouped, fold });
    if (!decided.ok) return decided;
    const decision = decided.value && { ...decided.value, n: (log.at(-1)?.n ?? 0) + 1 };
    const decisions = appended || decision === null ? log : [...log, decision];
    return done({ decision, made: makeEdition({ ...gathered, decisions }, field) });
  });
}

/** Its candidates stay as they were when taken, whatever is decided later; an edition from a file uses none. */
const takesCandidates = (edition: Edition | undefined, { editorial }: Made, cutoff: Instant): boolean =>
  editorial.file === null && (edition === undefined || edition.cutoff !== cutoff);

/** Reads and scores once for each cut-off, however often a change is retried. */
function candidateReader(ports: MakingPorts, key: EditionKey, config: NewsletterConfig) {
  const known = new Map<Instant, Promise<Candidates>>();
  return (cutoff: Instant) => {
    const reading = known.get(cutoff) ?? readField(ports, key, config, cutoff);
    known.set(cutoff, reading);
    return reading;
  };
}

type ToStore = { edition: Edition | undefined; made: Made; cutoff: Instant; now: Instant };

/** False: the edition changed meanwhile. */
async function store(
  ports: MakingPorts,
  key: EditionKey,
  config: NewsletterConfig,
  { edition, made, cutoff, now }: ToStore,
): Promise<boolean> {
  const { content, editorial } = made;
  const state = editorial.skip === null ? "draft" : "skipped";
  const about = {
    state,
    reason: editorial.skip?.reason ?? null,
    cutoff: editorial.file === null ? cutoff : null,
    approvedAt: null,
    listId: edition?.listId ?? (await listIdOf(ports, key.newsletter, config)),
    // An approval was for the old content, so the change ends it, with its scheduled time.
    ...(edition?.state === "approved" ? { dueAt: null, latest: null, localTime: null } : {}),
  } as const;
  const rev = editorial.skip
    ? (edition?.rev ?? 0)
    : await putIfChanged(ports, key, config, { rev: edition?.rev ?? 0, content, now });
  // The delivery owns its state: a correction doesn't override a pause.
  if (edition && isOnItsWay(edition)) {
    return ports.editions.update(key, { rev }, { state: [edition.state], rev: edition.rev });
  }
  if (edition === undefined) return ports.editions.create({ ...newEdition({ ...key, now, rev, cutoff }), ...about });
  // Only if it is still as it was read: an edition that was cancelled or approved meanwhile must not become a draft
  // again.
  return ports.editions.update(key, { ...about, rev }, { state: [edition.state], rev: edition.rev });
}

/** Number of editions that are read to find sent ones; if none is found, the newsletter is new. */
const LOOKED_AT = 60;

async function listIdOf(ports: MakingPorts, newsletter: string, { from }: NewsletterConfig): Promise<string> {
  const earlier = await ports.editions.list(newsletter, LOOKED_AT);
  return listIdFor({ name: newsletter, sender: from.address }, earlier);
}

/** Stores the content as the next free revision, unless the newest is the same. Returns the revision's number. */
async function putIfChanged(
  ports: MakingPorts,
  key: EditionKey,
  config: NewsletterConfig,
  { rev, content, now }: { rev: number; content: EditionContent; now: Instant },
): Promise<number> {
  const email = emailOf(content, config, ports.siteUrl);
  const newest = rev === 0 ? undefined : await ports.editions.revision(key, rev);
  if (newest && isDeepStrictEqual({ content: newest.content, email: newest.email }, { content, email })) return rev;
  let next = rev + 1;
  // A number may be taken by a run that died before it recorded it as the newest.
  while (!(await ports.editions.putRevision(key, { rev: next, at: now, content, email }))) next += 1;
  return next;
}

async function contentOf(ports: MakingPorts, edition: Edition | undefined): Promise<EditionContent | null> {
  if (edition === undefined || edition.rev === 0) return null;
  return (await ports.editions.revision(edition, edition.rev))?.content ?? null;
}

/**
 * The content that an edition being sent would have by its log now. What is sent doesn't change until someone corrects
 * it.
 */
async function preview(
  ports: MakingPorts,
  config: NewsletterConfig,
  edition: Edition,
  content: EditionContent,
): Promise<Outcome<EditionView>> {
  const email = emailOf(content, config, ports.siteUrl);
  const counts = await ports.editions.counts({ newsletter: edition.newsletter, date: edition.date });
  return done(editionView(edition, content, counts, { email, bytes: bytesOf(email, ports.siteUrl) }));
}
