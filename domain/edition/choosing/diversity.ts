import { count, type Scored } from "./score.ts";

/** In what two stories can be alike, so one list should not have too many of them. */
type Like = "subject" | "section" | "desk" | "source";

/** What each story of a kind that is in takes off the next one of it, and how many are free. */
const rules: Record<Like, { step: number; free: number }> = {
  subject: { step: 0.9, free: 0 },
  section: { step: 0.25, free: 1 },
  desk: { step: 0.1, free: 2 },
  source: { step: 0.35, free: 0 },
};

type Key = { like: Like; key: string; name: string };

/** Counts what is in a list, and what that takes off the stories not in it yet. */
export function openTally(taken: readonly Scored[]) {
  const counts = new Map<string, number>();
  const keys = new Map<Scored, Key[]>();
  const keysFor = (scored: Scored): Key[] => {
    const known = keys.get(scored) ?? keysOf(scored);
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
    penalty: (scored: Scored): number => keysFor(scored).reduce((sum, key) => sum + costOf(key), 0),
    /** What takes most off this story, as "two stories about “X”"; null if nothing does. */
    crowd(scored: Scored, among: readonly Like[] = ["subject", "section", "desk", "source"]): string | null {
      const costly = keysFor(scored).filter((key) => among.includes(key.like) && costOf(key) > 0);
      const [most] = costly.toSorted((a, b) => costOf(b) - costOf(a));
      return most ? `${stories(counted(most))} ${most.name}` : null;
    },
  };
  for (const scored of taken) tally.add(scored);
  return tally;
}
export type Tally = ReturnType<typeof openTally>;

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

/** The first folder of an address, as in `/sport/2026/…`: what a source's own desk calls it. */
const deskOf = (url: string | null): string | null =>
  /^https?:\/\/[^/]+\/([a-z][a-z-]{1,30})\/[^/]+/i.exec(url ?? "")?.[1]?.toLowerCase() ?? null;

const stories = (n: number): string => (n === 1 ? "a story" : `${count(n).toLowerCase()} stories`);
