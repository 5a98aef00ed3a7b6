import { cleanField } from "#domain/article/text.ts";
import { type Author, authorOf } from "#domain/desk/author.ts";
import { refuseChange } from "#domain/edition/changeable.ts";
import type { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import type { NewDecision } from "#domain/edition/decisions/decisions.ts";
import { canContinue } from "#domain/edition/decisions/writing.ts";
import type { EditionView } from "#domain/edition/edition.ts";
import { editionName } from "#domain/edition/edition.ts";
import { isOnItsWay } from "#domain/edition/states.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import { build } from "../making/build.ts";
import { change, type EditionState } from "../making/change.ts";
import type { Ports } from "../ports.ts";
import { articleAt, decideAdd } from "./decide-add.ts";
import { decideJoin, decideSplit } from "./decide-grouping.ts";
import { decidePlace, decideRedo, decideRestore, decideUndo, type Stamp } from "./decide-order.ts";
import { decidePicture } from "./decide-picture.ts";
import { decideReset, decideRewrite, decideSummary } from "./decide-rewrite.ts";
import { refuseOverwrite, refuseSummaryOverwrite } from "./decide-undo.ts";

type DecisionRequest = EditionRequest & { decision: DecisionInput; key?: string | undefined } & Author;

/** Appends an editor's decision and makes the edition again; if there is no edition, it is drafted first. */
export async function decide(ports: Ports, request: DecisionRequest): Promise<Outcome<EditionView>> {
  const target = resolveEdition(ports, request);
  if (!target.ok) return target;
  const { key } = target.value;
  if (needsDraft(request.decision) && (await ports.editions.get(key)) === undefined) {
    const built = await build(ports, { ...key, ...authorOf(request) });
    if (!built.ok) return built;
  }
  return decideOn(ports, request);
}

/** Skipping needs no draft, and without a draft there is nothing to undo. */
const needsDraft = ({ do: kind }: DecisionInput): boolean => !["skip", "undo", "redo"].includes(kind);

async function decideOn(ports: Ports, request: DecisionRequest): Promise<Outcome<EditionView>> {
  const target = resolveEdition(ports, request);
  if (!target.ok) return target;
  const { key, config } = target.value;
  const at = ports.now();
  const stamp = { ...authorOf(request), at, ...(request.key === undefined ? {} : { key: request.key }) };
  const outside = request.decision.do === "add" ? await articleAt(ports, request.decision.story) : null;
  return change(ports, key, config, {
    fresh: false,
    decide: (now) => {
      const { edition, log } = now;
      if (request.key !== undefined && log.some((decision) => decision.key === request.key)) return done(null);
      const reopening = request.decision.do === "undo" && edition?.state === "skipped";
      const refused = refuseChange(edition, { reopening, now: at });
      const noted = edition !== undefined && isOnItsWay(edition);
      if (noted && request.decision.do === "skip") {
        return fault(
          "wrong-state",
          `${editionName(key)} is on its way. End it with: npx --no-install broadsheet edition cancel ${key.newsletter}.`,
        );
      }
      if (refused && !noted) return refused;
      if (edition === undefined && request.decision.do !== "skip") {
        const how = `npx --no-install broadsheet edition build ${key.newsletter} --date ${key.date}`;
        return fault("no-edition", `${editionName(key)} does not exist yet. Build it first: ${how}`);
      }
      return request.decision.do === "add"
        ? decideAdd(request.decision, now, stamp, outside)
        : decisionFrom(request.decision, now, stamp, config.summaries);
    },
    judge: ({ content, editorial }) =>
      content.lead.storyId === null && editorial.skip === null
        ? fault("no-candidates", "That would leave no story to lead the edition. Pin another at 0 first, or skip it.")
        : null,
  });
}

/** Turns a request into a decision that keeps its meaning when the list changes. */
function decisionFrom(
  input: Exclude<DecisionInput, { do: "add" }>,
  current: EditionState,
  stamp: Stamp,
  summaries: number,
): Outcome<NewDecision> {
  switch (input.do) {
    case "skip":
      return done({
        do: "skip",
        reason: input.reason === undefined ? null : cleanField(input.reason) || null,
        ...stamp,
      });
    case "undo":
      return decideUndo(input.of, current, stamp);
    case "redo":
      return decideRedo(current, stamp);
    case "rewrite":
      return rewriteUnlessOverwritten(input, current, stamp);
    case "summary":
      return summaryUnlessOverwritten(input, current, stamp, summaries);
    case "picture":
      return decidePicture(input, current, stamp, summaries);
    case "split":
      return decideSplit(input, current, stamp);
    case "join":
      return decideJoin(input, current, stamp);
    case "reset":
      return decideReset(input, current, stamp);
    case "restore":
      return decideRestore(input.story, current, stamp);
    default:
      return decidePlace(input, current, stamp);
  }
}

/** New words, unless another editor changed them after this editor saw them. */
function rewriteUnlessOverwritten(
  input: Extract<DecisionInput, { do: "rewrite" }>,
  current: EditionState,
  stamp: Stamp,
): Outcome<NewDecision> {
  const made = decideRewrite(input, current, stamp);
  if (!made.ok) return made;
  return (
    refuseOverwrite(made.value, input.was, current) ??
    done({ ...made.value, ...continuing(input, made.value, current) })
  );
}

function summaryUnlessOverwritten(
  input: Extract<DecisionInput, { do: "summary" }>,
  current: EditionState,
  stamp: Stamp,
  summaries: number,
): Outcome<NewDecision> {
  const made = decideSummary(input, current, stamp, summaries);
  if (!made.ok) return made;
  const refused = refuseSummaryOverwrite(made.value, input.was, current);
  return refused ?? done({ ...made.value, ...continuing(input, made.value, current) });
}

/** Still the same writing, unless anything else was decided meanwhile. */
const continuing = (
  { continues }: { continues?: boolean | undefined },
  decision: NewDecision,
  { log }: EditionState,
): { continues?: true } => (continues === true && canContinue(decision, log.at(-1)) ? { continues: true } : {});
