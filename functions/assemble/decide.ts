import { type Decision, type NewDecision, standing, wishesOf } from "#domain/edition/decisions.ts";
import type { EditionView } from "#domain/edition/edition.ts";
import { FILE_LEAD } from "#domain/edition/from-file.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { type Asked, editionAsked, named, refusal } from "./asked.ts";
import { change, type Standing } from "./change.ts";
import type { DecisionInput } from "./contract.ts";
import { line } from "./line.ts";
import type { Ports } from "./ports.ts";
import { placeOf, storyNamed } from "./story-named.ts";

type Asking = Asked & { decision: DecisionInput; by: string };
type Stamp = { by: string; at: string };

/** Appends what an editor decided, and drafts the edition anew with it. */
export async function decide(ports: Ports, asked: Asking): Promise<Outcome<EditionView>> {
  const meant = editionAsked(ports, asked);
  if (!meant.ok) return meant;
  const { key, config } = meant.value;
  const stamp = { by: asked.by, at: ports.now() };
  return change(ports, key, config, {
    fresh: false,
    decide: (now) => {
      const { edition } = now;
      const reopening = asked.decision.do === "undo" && edition?.state === "skipped";
      const refused = refusal(edition, { reopening });
      if (refused) return refused;
      // What is to be skipped need not have been drafted.
      if (edition === undefined && asked.decision.do !== "skip") {
        const how = `npx broadsheet edition build ${key.newsletter} --date ${key.date}`;
        return fault("no-edition", `${named(key)} does not exist yet. Build it first: ${how}`);
      }
      return resolved(asked.decision, now, stamp);
    },
    judge: ({ content, wishes }) =>
      content.lead.storyId === null && wishes.skip === null
        ? fault("no-candidates", "That would leave no story to lead the edition. Pin another at 0 first, or skip it.")
        : null,
  });
}

/** A request as a decision that still means the same when the list has changed. */
function resolved(input: DecisionInput, standing: Standing, stamp: Stamp): Outcome<NewDecision> {
  switch (input.do) {
    case "skip":
      return done({ do: "skip", reason: input.reason === undefined ? null : line(input.reason) || null, ...stamp });
    case "undo":
      return undoing(input.of, standing, stamp);
    case "rewrite":
      return rewriting(input, standing, stamp);
    default:
      return placing(input, standing, stamp);
  }
}

type Placing = Extract<DecisionInput, { do: "pin" | "remove" | "move" }>;

function placing(input: Placing, standing: Standing, stamp: Stamp): Outcome<NewDecision> {
  const found = storyNamed(input.story, standing);
  if (!found.ok) return found;
  const story = found.value;
  const to = input.do === "move" ? input.to : input.do === "pin" ? input.at : undefined;
  if (story === FILE_LEAD) return fault("wrong-state", "The lead of an edition from a file stays: rewrite it instead.");
  if (to === 0 && wishesOf(standing.log).file) {
    return fault("wrong-state", "The lead of an edition from a file stays: its headlines have the places from 1 on.");
  }
  if (input.do === "remove") return done({ do: "remove", story, ...stamp });
  if (input.do === "move") return done({ do: "move", story, to: input.to, ...stamp });
  return done({ do: "pin", story, to: to ?? placeOf(story, standing.content), ...stamp });
}

function rewriting(
  input: Extract<DecisionInput, { do: "rewrite" }>,
  standing: Standing,
  stamp: Stamp,
): Outcome<NewDecision> {
  const { title, url, paragraphs, subject, preheader } = input;
  const texts = { title, subject, preheader };
  const given = Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[name, line(text)]]));
  const wrong = given.flatMap(([name = "", text = ""]) => wrongText(name, text) ?? [])[0];
  if (wrong) return fault("bad-request", wrong);
  if (url !== undefined && !/^https?:\/\//i.test(url)) {
    return fault("bad-request", `“${url}” is no web address: it starts with https:// or http://.`);
  }
  const body = paragraphs?.map((paragraph) => paragraph.trim()).filter((paragraph) => paragraph !== "");
  const fields = { ...Object.fromEntries(given), ...(url ? { url } : {}), ...(body ? { paragraphs: body } : {}) };
  if (Object.keys(fields).length === 0) {
    return fault("bad-request", "Say what to rewrite: a title, an address, paragraphs, the subject or the preheader.");
  }
  if (input.story === undefined) {
    return title === undefined && url === undefined && body === undefined
      ? done({ do: "rewrite", story: null, ...fields, ...stamp })
      : fault("bad-request", "Say which story: its number in the list (0 is the lead) or its id.");
  }
  const found = storyNamed(input.story, standing);
  return found.ok ? done({ do: "rewrite", story: found.value, ...fields, ...stamp }) : found;
}

/** Longest in characters: what fits a stored decision and any inbox with room to spare. */
const longest: Record<string, number> = { title: 300, subject: 200, preheader: 300 };

function wrongText(name: string, text: string): string | null {
  if (text === "") return `The new ${name} is empty.`;
  const most = longest[name] ?? Number.POSITIVE_INFINITY;
  return text.length > most ? `The new ${name} has ${text.length} characters, and ${most} is the most.` : null;
}

const undoable = new Set<Decision["do"]>(["draft", "pin", "remove", "move", "rewrite", "skip"]);

function undoing(of: number | undefined, { log }: Standing, stamp: Stamp): Outcome<NewDecision> {
  const open = standing(log).filter((decision) => undoable.has(decision.do));
  const target = of === undefined ? open.at(-1) : open.find(({ n }) => n === of);
  if (target) return done({ do: "undo", of: target.n, ...stamp });
  return of === undefined
    ? fault("wrong-state", "There is no decision left to take back.")
    : fault("wrong-state", `Decision ${of} cannot be taken back: there is none, or it is undone already.`);
}
