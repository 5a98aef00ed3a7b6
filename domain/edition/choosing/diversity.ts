import { count, type Scored } from "./scoring/score.ts";
import type { SeriesOf } from "./series-of-source.ts";

/** Kinds of similarity of which a list shouldn't have too much. */
type Like = "subject" | "section" | "desk" | "source" | "series";

/** The deduction for each similar story already in the list, and how many have no deduction. */
const rules: Record<Like, { step: number; free: number }> = {
  subject: { step: 0.9, free: 0 },
  section: { step: 0.25, free: 1 },
  desk: { step: 0.1, free: 2 },
  source: { step: 0.35, free: 0 },
  series: { step: 0.5, free: 0 },
};
/** The deduction for any piece of a series, so others of about the same score go before it. */
const SERIAL = 1;

type Key = { like: Like; key: string; name: string };

/** Counts the stories in a list, and the deductions for stories that aren't in it yet. */
export function openTally(taken: readonly Scored[], seriesOf: SeriesOf = () => null) {
  const counts = new Map<string, number>();
  const keys = new Map<Scored, Key[]>();
  const keysFor = (scored: Scored): Key[] => {
    const known = keys.get(scored) ?? [...keysOf(scored), ...seriesKey(scored, seriesOf(scored))];
    keys.set(scored, known);
    return known;
  };
  const counted = ({ like, key }: Key) => counts.get(`${like} ${key}`) ?? 0;
  const costOf = (key: Key) => Math.max(0, counted(key) - rules[key.like].free) * rules[key.like].step;
  const tally = {
    add(scored: Scored): void {
      for (const key of keysFor(scored)) counts.set(`${key.like} ${key.key}`, counted(key) + 1);
    },
    ofSource: (scored: Scored): number => counts.get(`source ${scored.candidate.article.sourceId}`) ?? 0,
    ofSeries: (scored: Scored): number => counts.get(`series ${seriesOf(scored)}`) ?? 0,
    penalty: (scored: Scored): number =>
      keysFor(scored).reduce((sum, key) => sum + costOf(key) + (key.like === "series" ? SERIAL : 0), 0),
    /** The largest deduction for this story, such as "two stories about “X”"; null: none. */
    crowd(scored: Scored, among: readonly Like[] = ["subject", "section", "desk", "source", "series"]): string | null {
      const costly = keysFor(scored).filter((key) => among.includes(key.like) && costOf(key) > 0);
      const [most] = costly.toSorted((a, b) => costOf(b) - costOf(a));
      return most ? `${stories(counted(most))} ${most.name}` : null;
    },
  };
  for (const scored of taken) tally.add(scored);
  return tally;
}
export type Tally = ReturnType<typeof openTally>;

const seriesKey = ({ candidate }: Scored, series: string | null): Key[] =>
  series === null ? [] : [{ like: "series", key: series, name: `from a series of ${candidate.article.sourceTitle}` }];

function keysOf({ candidate: { article }, subject }: Scored): Key[] {
  const { sourceId, sourceTitle, section, url } = article;
  const desk = deskOf(url);
  return [
    { like: "source", key: sourceId, name: `from ${sourceTitle}` },
    ...(section === null
      ? []
      : [{ like: "section", key: section.toLowerCase(), name: `from the section ${section}` } satisfies Key]),
    ...(desk === null
      ? []
      : [
          {
            like: "desk",
            key: `${sourceId} ${desk}`,
            name: `from the “${desk}” pages of ${sourceTitle}`,
          } satisfies Key,
        ]),
    ...(subject === null ? [] : [{ like: "subject", key: subject.key, name: `about “${subject.name}”` } satisfies Key]),
  ];
}

/** The first folder of an address, such as `/sport/2026/…`: the source's own section. */
const deskOf = (url: string | null): string | null =>
  /^https?:\/\/[^/]+\/([a-z][a-z-]{1,30})\/[^/]+/i.exec(url ?? "")?.[1]?.toLowerCase() ?? null;

const stories = (n: number): string => (n === 1 ? "a story" : `${count(n).toLowerCase()} stories`);
