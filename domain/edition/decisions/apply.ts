import type { Decision, EditorialState } from "./decisions.ts";
import { mergeChoice } from "./picture-choice.ts";

/** Applies single decisions to the editorial state. */
export function withPlacing(editorial: EditorialState, story: string, to: number | null): EditorialState {
  const removed = new Set(editorial.removed);
  removed.delete(story);
  return { ...editorial, removed, moves: [...editorial.moves, { do: "place", story, to }] };
}

export function withRewrite(editorial: EditorialState, decision: Extract<Decision, { do: "rewrite" }>): EditorialState {
  const { story, title, url, paragraphs, subject, preheader } = decision;
  const rewrites = new Map(editorial.rewrites);
  const rewrittenAt = new Map(editorial.rewrittenAt);
  if (story !== null) {
    const fields = { title, url, paragraphs };
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    rewrites.set(story, { ...editorial.rewrites.get(story), ...given });
    rewrittenAt.set(story, decision.at);
  }
  return {
    ...editorial,
    moves: story === null ? editorial.moves : movesKeeping(editorial, story),
    rewrites,
    rewrittenAt,
    subject: subject ?? editorial.subject,
    preheader: preheader ?? editorial.preheader,
  };
}

/** A story that an editor has rewritten stays in, unless it was removed. */
const movesKeeping = ({ moves, removed }: EditorialState, story: string): EditorialState["moves"] =>
  removed.has(story) ? moves : [...moves, { do: "keep", story }];

export function withSummary(
  editorial: EditorialState,
  { story, text, at }: Extract<Decision, { do: "summary" }>,
): EditorialState {
  return {
    ...editorial,
    moves: movesKeeping(editorial, story),
    rewrites: new Map(editorial.rewrites).set(story, { ...editorial.rewrites.get(story), summary: text }),
    rewrittenAt: new Map(editorial.rewrittenAt).set(story, at),
  };
}

export function withPicture(editorial: EditorialState, decision: Extract<Decision, { do: "picture" }>): EditorialState {
  const { story, image, focus, alt } = decision;
  const before = editorial.rewrites.get(story);
  const picture = mergeChoice(before?.picture, { image, focus, alt });
  return {
    ...editorial,
    moves: movesKeeping(editorial, story),
    rewrites: new Map(editorial.rewrites).set(story, { ...before, picture }),
  };
}

/** Earlier decisions about the story apply to its remaining articles, whichever article they named. */
export function withSplit(
  editorial: EditorialState,
  { articles, rest, to }: Extract<Decision, { do: "split" }>,
): EditorialState {
  const named = (story: string) => (articles.includes(story) ? rest : story);
  const renamed = <T>(map: ReadonlyMap<string, T>) => new Map([...map].map(([story, value]) => [named(story), value]));
  const after: EditorialState = {
    ...editorial,
    removed: new Set([...editorial.removed].map(named)),
    moves: editorial.moves.map((move) => ({ ...move, story: named(move.story) })),
    shown: renamed(editorial.shown),
    rewrites: renamed(editorial.rewrites),
    rewrittenAt: renamed(editorial.rewrittenAt),
    regroupings: [...editorial.regroupings, { do: "split", articles }],
  };
  return to === null ? after : withPlacing(after, rest, to);
}

export function withJoin(
  editorial: EditorialState,
  { story, other, to }: Extract<Decision, { do: "join" }>,
): EditorialState {
  const rewrites = new Map(editorial.rewrites);
  const removed = new Set(editorial.removed);
  rewrites.delete(other);
  removed.delete(other);
  const after = {
    ...editorial,
    rewrites,
    removed,
    regroupings: [...editorial.regroupings, { do: "join", story, other } as const],
  };
  return to === null ? after : withPlacing(after, story, to);
}

export function withReset(
  editorial: EditorialState,
  { stories, fields }: Extract<Decision, { do: "reset" }>,
): EditorialState {
  const rewrites = new Map(editorial.rewrites);
  for (const story of stories) {
    const left = Object.entries(rewrites.get(story) ?? {}).filter(([name]) => !fields.some((field) => field === name));
    if (left.length > 0) rewrites.set(story, Object.fromEntries(left));
    else rewrites.delete(story);
  }
  return {
    ...editorial,
    rewrites,
    subject: fields.includes("subject") ? null : editorial.subject,
    preheader: fields.includes("preheader") ? null : editorial.preheader,
  };
}
