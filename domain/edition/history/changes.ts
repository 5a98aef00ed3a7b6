import * as z from "zod";
import type { EditionContent } from "../edition.ts";

/** Differences between two states of an edition, story by story. Position 0 is the lead. */
export const Changes = z.object({
  added: z.array(z.object({ title: z.string(), at: z.number().int() })),
  removed: z.array(z.object({ title: z.string(), from: z.number().int() })),
  /** Moved stories, without those that only made room. */
  moved: z.array(z.object({ title: z.string(), from: z.number().int(), at: z.number().int() })),
  /** Changed texts. */
  edited: z.array(z.object({ what: z.string(), before: z.string(), after: z.string() })),
});
export type Changes = z.infer<typeof Changes>;

export const hasChanges = ({ added, removed, moved, edited }: Changes): boolean =>
  added.length + removed.length + moved.length + edited.length > 0;

type Item = { id: string; title: string; url: string; text: string; at: number };

function itemsOf({ lead, headlines }: EditionContent): Item[] {
  return [lead, ...headlines].flatMap((one, at) => {
    const text = "paragraphs" in one ? one.paragraphs.join("\n\n") : "";
    return one.storyId === null
      ? []
      : [{ id: one.storyId, title: one.title ?? "The lead", url: one.url ?? "", text, at }];
  });
}

export function changesBetween(before: EditionContent, after: EditionContent): Changes {
  const was = itemsOf(before);
  const is = itemsOf(after);
  const old = new Map(was.map((item) => [item.id, item]));
  const now = new Map(is.map((item) => [item.id, item]));
  const kept = is.filter(({ id }) => old.has(id));
  const still = inOrder(kept.map(({ id }) => old.get(id)?.at ?? 0));
  return {
    added: is.filter(({ id }) => !old.has(id)).map(({ title, at }) => ({ title, at })),
    removed: was.filter(({ id }) => !now.has(id)).map(({ title, at }) => ({ title, from: at })),
    moved: kept.flatMap(({ id, title, at }, index) =>
      still.has(index) ? [] : [{ title, from: old.get(id)?.at ?? 0, at }],
    ),
    edited: [...ofEdition(before, after), ...kept.flatMap((item) => ofStory(old.get(item.id) ?? item, item))],
  };
}

function ofEdition(before: EditionContent, after: EditionContent): Changes["edited"] {
  return (["subject", "preheader"] as const).flatMap((field) =>
    before[field] === after[field] ? [] : [{ what: field, before: before[field], after: after[field] }],
  );
}

function ofStory(was: Item, is: Item): Changes["edited"] {
  const text: Changes["edited"] = [];
  if (was.title !== is.title) text.push({ what: "headline", before: was.title, after: is.title });
  if (was.url !== is.url) text.push({ what: `link of “${is.title}”`, before: was.url, after: is.url });
  // Only a lead shows its text, so becoming the lead isn't a rewrite.
  const both = was.at === 0 && is.at === 0;
  if (both && was.text !== is.text) text.push({ what: `text of “${is.title}”`, before: was.text, after: is.text });
  return text;
}

/** The indices of a longest increasing subsequence: stories that kept their order while others moved. */
function inOrder(places: readonly number[]): Set<number> {
  const runs: { length: number; before: number }[] = [];
  let last = -1;
  for (const [index, place] of places.entries()) {
    let best = { length: 1, before: -1 };
    for (const [other, run] of runs.entries()) {
      if ((places[other] ?? 0) < place && run.length + 1 > best.length)
        best = { length: run.length + 1, before: other };
    }
    runs.push(best);
    if (best.length > (runs[last]?.length ?? 0)) last = index;
  }
  const still = new Set<number>();
  for (let index = last; index >= 0; index = runs[index]?.before ?? -1) still.add(index);
  return still;
}
