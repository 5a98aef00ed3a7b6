import type { Doubt, DraftArticle } from "#domain/article/article.ts";
import { limits, PushedArticle, type PushOutcome } from "#domain/article/push.ts";
import { cleanLine, cutLine } from "#domain/article/text.ts";
import { type Allowance, openAllowance, usageAfter } from "#domain/source/allowance.ts";
import { ARCHIVE_AGE } from "#domain/source/polling.ts";
import type { Source } from "#domain/source/source.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { SourceStore } from "../ports/articles.ts";
import { type ArticlePort, landArticles } from "./land.ts";

type Normalised = readonly (DraftArticle | { why: string })[];

export type LandPorts = {
  readonly articles: ArticlePort;
  readonly sources: Pick<SourceStore, "get" | "savePoll">;
  /** Each article, normalised like a feed's, in the order of the request; or the reason why it can't be used. */
  readonly normalise: (items: readonly PushedArticle[], now: number) => Normalised | Promise<Normalised>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** Number of tries when another process writes the source at the same moment. */
const TRIES = 5;
const OVER_LIMIT = "This source has brought as many articles as one source may. Send the rest tomorrow.";
/** Longest message about one article, in characters. */
const LONGEST_WHY = 500;

type Read = { readonly id: string | null; readonly article?: PushedArticle; readonly why?: string };

/** Lands the articles of one push. Each has its own outcome, independent of the others. */
export async function landPushed(
  ports: LandPorts,
  source: Source,
  raw: readonly object[],
): Promise<{ outcomes: PushOutcome[] }> {
  const read = withoutRepeats(raw.map(readOne));
  const good = read.flatMap(({ article }) => article ?? []);
  const normal = await ports.normalise(good, ports.now());
  const drafts = normal.flatMap((one) => ("why" in one ? [] : [one]));
  // A backlog can arrive in several pushes, so old articles count as archive in each, not only in the first.
  const archiveBefore = toInstant(ports.now() - ARCHIVE_AGE);
  const allowance = openAllowance(source, ports.now());
  const landed = await landArticles(ports.articles, source, drafts, ports.now, archiveBefore, allowance);
  const landings = landed.values();
  const results = normal.values();
  const outcomes = read.map(({ id, article, why }): PushOutcome => {
    if (article === undefined) return { id, outcome: "refused", why };
    const draft = results.next().value;
    if (draft === undefined || "why" in draft) return { id, outcome: "refused", why: draft?.why };
    const landing = landings.next().value;
    if (landing === "dropped") return { id, outcome: "refused", why: OVER_LIMIT };
    const doubt = doubtsOf(draft.doubts);
    return { id, outcome: landing === "fresh" ? "new" : (landing ?? "same"), ...(doubt === "" ? {} : { why: doubt }) };
  });
  const fresh = outcomes.filter(({ outcome }) => outcome === "new").length;
  await noteHealth(ports, source, drafts, { fresh, allowance });
  return { outcomes };
}

function readOne(raw: object): Read {
  const id = "id" in raw && typeof raw.id === "string" ? cutLine(raw.id, limits.id) : null;
  const parsed = PushedArticle.safeParse(raw);
  if (parsed.success) return { id, article: parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  return { id, why: cutLine(cleanLine(faults.join("; ")), LONGEST_WHY) };
}

/** If one push has two articles with the same id, it isn't known which is newer. */
function withoutRepeats(read: readonly Read[]): Read[] {
  const ids = new Set<string>();
  return read.map((one) => {
    if (one.article === undefined || one.id === null) return one;
    if (!ids.has(one.id)) {
      ids.add(one.id);
      return one;
    }
    return { id: one.id, why: "Another article of this push has the same id: send each article once." };
  });
}

const DOUBTS: Partial<Record<Doubt, string>> = {
  "date-unparseable": "published is not a date, so it counts as published when it came: write 2026-11-23T07:00:00Z.",
  "date-without-zone": "published names no time zone and was read as UTC.",
  "date-in-future": "published is still ahead: the article waits until then.",
  "url-refused": "url is not an absolute http or https address, so the article has no link.",
};

/** What the client should know. That a language was guessed isn't part of it. */
const doubtsOf = (doubts: readonly Doubt[]) => doubts.flatMap((doubt) => DOUBTS[doubt] ?? []).join(" ");

/** Records the time and result of the last push. Two pushes at once both add theirs. */
async function noteHealth(
  { sources, now }: LandPorts,
  source: Source,
  drafts: readonly DraftArticle[],
  { fresh, allowance }: { fresh: number; allowance: Allowance },
): Promise<void> {
  const at = toInstant(now());
  const dates = drafts.map(({ published }) => published ?? at).filter((one) => one <= at);
  let before: Source | undefined = source;
  for (let attempt = 0; attempt < TRIES && before !== undefined && before.removedAt === null; attempt += 1) {
    const newest = [...dates, before.lastArticleAt ?? ""].reduce((a, b) => (a > b ? a : b));
    const after = {
      ...before,
      lastPolledAt: later(at, before.lastPolledAt),
      lastArticleAt: newest === "" ? null : newest,
      articles: before.articles + fresh,
      ...usageAfter(before, allowance, now()),
    };
    if (await sources.savePoll(before, after)) return;
    before = await sources.get(source.id);
  }
}

/** Each write changes the time, because a writer recognises another's write by it. */
const later = (at: string, last: string | null) => (last === null || at > last ? at : toInstant(Date.parse(last) + 1));
