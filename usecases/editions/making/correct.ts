import { cleanField } from "#domain/article/text.ts";
import { type Author, authorOf } from "#domain/desk/author.ts";
import { parseDigest } from "#domain/edition/content/digest-file.ts";
import type { NewDecision } from "#domain/edition/decisions/decisions.ts";
import type { Edition, EditionKey, EditionView } from "#domain/edition/edition.ts";
import { editionName } from "#domain/edition/edition.ts";
import { sentences } from "#domain/edition/preflight/check.ts";
import { isOnItsWay } from "#domain/edition/states.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { AuditLog } from "../../ports/services.ts";
import { blockersOf } from "../check/check.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import type { Ports } from "../ports.ts";
import type { UpdatePublished } from "../publishing/publish.ts";
import { judgeSecondPerson } from "../sending/second-person.ts";
import { change } from "./change.ts";

/** `text`: the new content as a plain-text digest; without it, the content by the log of decisions. */
type Correction = EditionRequest & {
  text?: string | undefined;
  subject?: string | undefined;
  /** The newest decision that the editor saw. */
  decisions?: number | undefined;
} & Author;

type CorrectPorts = Ports & { updatePublished: UpdatePublished };

/**
 * Gives an edition that is being sent a new revision for readers who are still waiting. The sender stores with each
 * call which revision it sent, so the ledger is right whichever comes first.
 */
export async function correct(ports: CorrectPorts, request: Correction): Promise<Outcome<EditionView>> {
  const target = resolveEdition(ports, request);
  if (!target.ok) return target;
  const decision = decisionOf(request, ports.now());
  if (!decision.ok) return decision;
  const { key, config } = target.value;
  const readHtml = await ports.htmlReader();
  let before = 0;
  const corrected = await change(ports, key, config, {
    fresh: false,
    corrects: true,
    decide: ({ edition, log }) => {
      const found = correctable(key, edition);
      if (!found.ok) return found;
      if (request.decisions !== undefined && (log.at(-1)?.n ?? 0) !== request.decisions) {
        return fault(
          "conflict",
          `${editionName(key)} was edited after you looked. Look at the edits again and apply them.`,
        );
      }
      // By the log that is applied: a change that is appended at this moment counts.
      const second = config.secondPerson ? judgeSecondPerson(key, request, log, { since: "approval" }) : done(true);
      if (!second.ok) return second;
      before ||= found.value.rev;
      return decision;
    },
    judge: (made) => {
      const { content } = made;
      if (content.lead.storyId === null)
        return fault("no-candidates", "That would leave no story to lead the edition.");
      const blockers = blockersOf({ readHtml, siteUrl: ports.siteUrl }, config, made);
      return blockers.length === 0 ? null : fault("blocked", `That is not sent. ${sentences(blockers)}`);
    },
  });
  if (corrected.ok && corrected.value.rev === before) {
    return fault(
      "wrong-state",
      `That changes nothing in revision ${before} of the edition of ${key.newsletter} for ${key.date}.`,
    );
  }
  if (corrected.ok) await ports.updatePublished(key);
  return corrected;
}

function correctable(key: EditionKey, edition: Edition | undefined): Outcome<Edition> {
  if (edition === undefined) return fault("no-edition", `${editionName(key)} does not exist.`);
  if (isOnItsWay(edition)) return done(edition);
  return edition.state === "finished"
    ? fault("already-sent", `${editionName(key)} is sent to all readers: no one is left to get a correction.`)
    : fault(
        "wrong-state",
        `${editionName(key)} is ${edition.state}, not on its way: change it as it is, and no correction is needed.`,
      );
}

function decisionOf({ text, subject, ...author }: Correction, at: string): Outcome<NewDecision | null> {
  if (text === undefined) {
    return subject === undefined
      ? done(null)
      : fault(
          "bad-request",
          "A subject goes with a file; otherwise rewrite it first: edition rewrite NEWSLETTER --subject …",
        );
  }
  const file = parseDigest(text);
  if (!file.ok) return file;
  const given = subject === undefined ? null : cleanField(subject);
  if (given === "") return fault("bad-request", "The subject is empty. Leave it out to have the name and the date.");
  return done({ do: "draft", ...file.value, subject: given, ...authorOf(author), at });
}

/** Corrects an edition. A correction from the log adds no decision, so the audit log records who sent it. */
export async function correctEdition(
  ports: CorrectPorts & { audit: Pick<AuditLog, "append"> },
  request: Correction,
): Promise<Outcome<EditionView>> {
  const judged = judgeFile(ports, request);
  if (!judged.ok) return judged;
  const corrected = await correct(ports, request);
  if (!corrected.ok) return corrected;
  const { newsletter, date, rev } = corrected.value;
  const note = `revision ${rev}, for readers who haven't been mailed yet`;
  await ports.audit.append({
    at: ports.now(),
    ...authorOf(request),
    did: "edition correct",
    newsletter,
    subjects: [date],
    note,
  });
  return corrected;
}

/** With `secondPerson`, a correction needs a second person too, and no one else has seen a file's text. */
function judgeFile(ports: Ports, request: Correction): Outcome<true> {
  const resolved = resolveEdition(ports, request);
  if (!resolved.ok) return resolved;
  const { key, config } = resolved.value;
  if (request.text === undefined || !config.secondPerson) return done(true);
  const why = `${key.newsletter} needs a second person to approve changes, and a file is applied by the one who sends it.`;
  return fault("not-allowed", `${why} Rewrite the edition at the desk and ask a colleague to apply the edits.`);
}
