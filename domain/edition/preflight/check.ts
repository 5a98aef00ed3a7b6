import { counted } from "../../counted.ts";
import { envelopeRules } from "./check/envelope-rules.ts";
import type { Facts } from "./check/facts.ts";
import { linkRules, trialFindings } from "./check/link-rules.ts";
import { lookRules } from "./check/look-rules.ts";
import { sizeRules } from "./check/size-rules.ts";
import { structureRules } from "./check/structure-rules.ts";
import { subjectRules } from "./check/subject-rules.ts";
import { textRules } from "./check/text-rules.ts";
import { wordRules } from "./check/word-rules.ts";
import { email, type Finding, type LinkTrial, newsletter, type Place, warning } from "./finding.ts";

const rules = [
  ...[envelopeRules, subjectRules, sizeRules, structureRules, lookRules, linkRules, wordRules, textRules],
  ...[staleDraft, quota],
];

/**
 * Checks the exact bytes of an email before they are sent, by the points of docs/decisions/preflight.md. Each finding
 * has a sentence and its place. Blockers come first, then findings in the order of the email.
 */
export function preflight(facts: Facts, trials: readonly LinkTrial[] = []): Finding[] {
  const found = [...rules.flatMap((rule) => rule(facts)), ...trialFindings(facts, trials)];
  const once = new Map(found.map((finding) => [`${finding.point} ${finding.message}`, finding]));
  return [...once.values()].toSorted((a, b) => rank(a) - rank(b));
}

const rank = ({ level, final, at }: Finding): number =>
  (final ? 0 : level === "blocker" ? 1_000 : 2_000) + placeRank(at);

function placeRank(at: Place): number {
  if (at.part === "headline") return 10 + at.n;
  return ["subject", "preheader", "lead"].indexOf(at.part) + 1 || 900;
}

/** The email was made with the settings at its draft's time, and is sent like that. */
function staleDraft({ isCurrent }: Facts): Finding[] {
  if (isCurrent) return [];
  const since = "The newsletter’s settings or its design have changed since this email was made.";
  return [warning("B41", email, `${since} Build the edition again to send it as they are now.`)];
}

function quota({ account }: Facts): Finding[] {
  if (account === null) return [];
  const { room, readers } = account;
  if (room >= readers) return [];
  const some = `SES lets ${counted(room, "more email")} out within 24 hours, and the last edition went to ${counted(readers, "reader")}.`;
  return [warning("C18", newsletter, `${some} The rest would wait for tomorrow. Ask AWS for a higher sending quota.`)];
}

export const blockersIn = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ level }) => level === "blocker");

/** Further findings are only counted. */
const SHOWN = 3;

/** Findings as sentences: the first few, and the number of others. */
export function sentences(findings: readonly Finding[]): string {
  const shown = findings.slice(0, SHOWN).map(({ message }) => message);
  const more = findings.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`And ${more} more: npx --no-install broadsheet edition check lists them all.`] : []),
  ].join(" ");
}
