import { makeEdition, regrouped } from "#domain/edition/content/make.ts";
import { type Decision, decisionsInForce, editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import { sendingMode } from "#domain/edition/decisions/sending-mode.ts";
import { redoable, undoable } from "#domain/edition/decisions/undo.ts";
import type { Edition, EditionContent, EditionKey, EditionState, EditionView } from "#domain/edition/edition.ts";
import { type Changes, changesBetween, hasChanges } from "#domain/edition/history/changes.ts";
import { isOnItsWay } from "#domain/edition/states.ts";
import { editionView } from "#domain/edition/views/view.ts";
import type { Workbench } from "#domain/edition/views/workbench.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import { viewWith } from "../find-edition.ts";
import { bytesOf, emailOf } from "../making/email.ts";
import { gather } from "../making/gather.ts";
import { fieldFor } from "../making/known-field.ts";
import { nextOfEdition } from "../next-of-edition.ts";
import type { WorkbenchPorts } from "../ports.ts";
import { asIfDrafted } from "./as-if-drafted.ts";
import { historyFacts } from "./workbench-history.ts";
import type { Bench } from "./workbench-source.ts";
import { othersOf, ranIn, removedOf, rowsOf } from "./workbench-stories.ts";

/** Entries of the log that are shown; the rest are only counted. */
const LONGEST_HISTORY = 120;

/** The version that an open page already shows. */
type Shown = { decisions: number; rev: number; state: EditionState };

/**
 * The workbench, or null if it still matches `unless`. Each open desk asks every few seconds, so this check takes two
 * reads and makes nothing.
 */
export async function showWorkbench(
  ports: WorkbenchPorts,
  { unless, ...request }: EditionRequest & { since?: number | undefined; unless?: Shown | undefined },
): Promise<Outcome<{ workbench: Workbench | null }>> {
  const resolved = resolveEdition(ports, request);
  if (!resolved.ok) return resolved;
  if (unless && (await isUnchanged(ports, resolved.value.key, unless))) return done({ workbench: null });
  const made = await workbench(ports, request);
  return made.ok ? done({ workbench: made.value }) : made;
}

async function isUnchanged({ editions }: WorkbenchPorts, key: EditionKey, shown: Shown): Promise<boolean> {
  const [edition, log] = await Promise.all([editions.get(key), editions.decisions(key)]);
  return edition?.rev === shown.rev && edition.state === shown.state && (log.at(-1)?.n ?? 0) === shown.decisions;
}

/** Everything an editor sees of an edition; if it isn't drafted yet, as it would be now. */
export async function workbench(
  ports: WorkbenchPorts,
  request: EditionRequest & { since?: number | undefined },
): Promise<Outcome<Workbench>> {
  const target = resolveEdition(ports, request);
  if (!target.ok) return target;
  const { key, config } = target.value;
  const now = ports.now();
  const [edition, log] = await Promise.all([ports.editions.get(key), ports.editions.decisions(key)]);
  // In parallel, because an editor is waiting.
  const [gathered, revision, counts] = await Promise.all([
    gather(ports, key, config, edition?.cutoff ?? now),
    edition && edition.rev > 0 ? ports.editions.revision(key, edition.rev) : undefined,
    edition && ports.editions.counts(key),
  ]);
  const found = fieldFor(gathered);
  const field = regrouped(found, { ...gathered, decisions: log });
  const fold = (decisions: readonly Decision[]) => makeEdition({ ...gathered, decisions }, found).content;
  const isCorrectable = edition !== undefined && isOnItsWay(edition);
  // For an edition being sent: what waiting readers would get if it were corrected now.
  const content = await gathered.withTexts(() => (isCorrectable ? fold(log) : (revision?.content ?? fold(log))));
  const bench: Bench = { gathered, field, log, editorial: editorialStateOf(log), content, fold };
  const stored =
    edition && counts
      ? viewWith(counts, ports, { edition, revision })
      : asIfDrafted(gathered, content, now, ports.siteUrl).view;
  const pending = isCorrectable && revision ? pendingIn(revision.content, content) : null;
  const shown = await gathered.withTexts(() => ({
    ...storiesOf(bench),
    ...logOf(bench),
    since: request.since === undefined ? null : sinceThen(bench, request.since),
  }));
  return done({
    edition: edition && pending ? corrected(ports, bench, edition, stored) : stored,
    drafted: edition !== undefined,
    fromFile: bench.editorial.file !== null,
    now,
    cutoff: edition?.cutoff ?? null,
    mode: sendingMode(config, log),
    timeZone: config.timeZone,
    language: config.language,
    title: config.title,
    outlook: await nextOfEdition(ports, target.value, { edition, counts: stored.counts }),
    summaries: config.summaries,
    ...shown,
    isCorrectable,
    pending,
  });
}

function pendingIn(sent: EditionContent, corrected: EditionContent): Changes | null {
  const changes = changesBetween(sent, corrected);
  return hasChanges(changes) ? changes : null;
}

/** The edition as it would be once its edits are applied. */
function corrected(
  { siteUrl }: WorkbenchPorts,
  { gathered, content }: Bench,
  edition: Edition,
  { counts }: EditionView,
): EditionView {
  const email = emailOf(content, gathered.config, siteUrl);
  return editionView(edition, content, counts, { email, bytes: bytesOf(email, siteUrl) });
}

function storiesOf(bench: Bench) {
  const { editorial, fold, log, gathered } = bench;
  const ran = ranIn(gathered.past);
  const without = (field: "subject" | "preheader") =>
    editorial[field] === null ? null : fold([...log, resetting(field, log)])[field];
  const rows = rowsOf(bench, ran);
  const previous =
    gathered.past
      .map(({ date }) => date)
      .toSorted()
      .at(-1) ?? null;
  return {
    own: { subject: without("subject"), preheader: without("preheader") },
    rows,
    removed: removedOf(bench, ran),
    candidates: othersOf(bench, ran),
    again: rows.filter((row) => row.ran !== null && row.ran.date === previous).length,
    previous,
  };
}

const resetting = (field: "subject" | "preheader", log: readonly Decision[]): Decision => ({
  do: "reset",
  stories: [],
  fields: [field],
  n: (log.at(-1)?.n ?? 0) + 1,
  by: "",
  at: "",
});

function logOf(bench: Bench) {
  const { log } = bench;
  const tell = historyFacts(bench);
  const last = undoable(log).at(-1);
  const again = redoable(log);
  const undone = again && log.find(({ n }) => n === again.of);
  const approved = decisionsInForce(log).findLast((one) => one.do === "approve");
  const changed = decisionsInForce(log).findLast((one) => !["approve", "tell", "note"].includes(one.do));
  return {
    log: tell.history(LONGEST_HISTORY),
    decisions: log.at(-1)?.n ?? 0,
    undo: last ? { n: last.n, by: last.by, text: tell.text(last) } : null,
    redo: again && undone ? { n: again.n, by: undone.by, text: tell.text(undone) } : null,
    approval: approved
      ? { n: approved.n, by: approved.by, at: approved.at, holds: (changed?.n ?? 0) < approved.n }
      : null,
  };
}

const sinceThen = ({ log, fold, content }: Bench, n: number) => ({
  n,
  changes: changesBetween(fold(log.filter((decision) => decision.n <= n)), content),
});
