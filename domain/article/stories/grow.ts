import { agglomerate } from "./agglomerate.ts";
import { areLinked, product } from "./firm.ts";
import { centresOf, positionOf, type Vectors } from "./vectors.ts";

/** Groups whose centres are this similar (cosine) tell one story. */
const SAME_CENTRE = 0.35;
/** Least headlines of each, because two stories about one name, each told twice, can be as similar. */
const ENOUGH_TO_MERGE = 3;
/** A small group joins a large one, whose centre is stable, if their centres are this similar. */
const LIKE_LARGE = 0.33;
/** A group with this many headlines also attracts single headlines and small groups. */
const ENOUGH_TO_ATTACH = 4;
/** Least similarity of a headline to such a centre. */
const NEAR = 0.25;
/** Words in this share of a group's headlines are its core; a headline needs at least two of them… */
const CORE = 0.4;
/** Two, because a group is searched by all words but one. */
const CORE_WORDS = 2;
/** …and must share enough words with at least two of its headlines. */
const LINKS = 2;
/** Words below this weight don't characterise a headline. */
const FAINT = 0.12;

/**
 * Joins parts of a story that grew separately: on a busy day, its headlines form several groups, and a headline may be
 * removed from a group before that has grown. Groups' centres are few and stable, so all of their words are compared
 * with each other and with remaining headlines.
 * @param raised the raise of the threshold in this window
 */
export function growGroups(vectors: Vectors, groups: readonly number[][], raised: number): number[][] {
  const merged = absorb(vectors, mergeGroups(vectors, groups, raised), LIKE_LARGE + raised);
  const large = merged.filter(({ length }) => length >= ENOUGH_TO_ATTACH);
  const small = merged.filter(({ length }) => length < ENOUGH_TO_ATTACH);
  const loose = looseOf(vectors, merged);
  const added = attach({ vectors, groups: large, loose, near: NEAR + raised });
  const grown = large.map((group, index) => [...group, ...(added[index] ?? [])].toSorted((a, b) => a - b));
  return [...grown, ...small];
}

/** Joins each small group, including pairs, to the most similar large one, if that is similar enough. */
function absorb(vectors: Vectors, groups: readonly number[][], least: number): number[][] {
  const large = groups.filter(({ length }) => length >= ENOUGH_TO_ATTACH);
  const small = groups.filter(({ length }) => length < ENOUGH_TO_ATTACH);
  const centres = centresOf(vectors, large);
  const smallCentres = centresOf(vectors, small);
  const meet = meetingFinder(smallCentres, coresOf(vectors, large), large.length);
  const added: number[][] = large.map(() => []);
  const left = small.filter((group, index) => {
    let [best, likeness] = [-1, least];
    for (const other of meet(index)) {
      const like = product(smallCentres, index, centres, other);
      if (like > likeness) [best, likeness] = [other, like];
    }
    added[best]?.push(...group);
    return best < 0;
  });
  return [...large.map((group, index) => [...group, ...(added[index] ?? [])].toSorted((a, b) => a - b)), ...left];
}

function mergeGroups(vectors: Vectors, groups: readonly number[][], raised: number): number[][] {
  // Neighbours are searched in time order, so groups are ordered by their first headlines.
  const ordered = groups.filter(({ length }) => length >= ENOUGH_TO_MERGE).toSorted(([a = 0], [b = 0]) => a - b);
  const together = agglomerate(centresOf(vectors, ordered), SAME_CENTRE + raised);
  const joined = new Set(together.flat());
  const merged = together.map((parts) => parts.flatMap((part) => ordered[part] ?? []).toSorted((a, b) => a - b));
  const alone = ordered.filter((_, index) => !joined.has(index));
  return [...merged, ...alone, ...groups.filter(({ length }) => length < ENOUGH_TO_MERGE)];
}

/** The headlines that are in no group. */
function looseOf({ starts }: Vectors, groups: readonly number[][]): number[] {
  const isTaken = new Uint8Array(starts.length - 1);
  for (const group of groups) for (const member of group) isTaken[member] = 1;
  return [...isTaken.keys()].filter((member) => isTaken[member] === 0);
}

type Attaching = { vectors: Vectors; groups: readonly number[][]; loose: readonly number[]; near: number };

/** @returns by group: the ungrouped headlines that belong to it and to no other group more */
function attach({ vectors, groups, loose, near }: Attaching): number[][] {
  const centres = centresOf(vectors, groups);
  const added: number[][] = groups.map(() => []);
  const meet = meetingFinder(vectors, coresOf(vectors, groups), groups.length);
  for (const headline of loose) {
    let [best, likeness] = [-1, near];
    for (const group of meet(headline)) {
      const like = product(vectors, headline, centres, group);
      if (like > likeness) [best, likeness] = [group, like];
    }
    if (best >= 0 && isLinked(vectors, headline, groups[best] ?? [])) added[best]?.push(headline);
  }
  return added;
}

/**
 * The groups that share enough core words with a headline, ascending; only their centres are compared with it. The
 * headline's most common word is in more cores than all others, and a group that shares two words has one of the
 * others. So the common word's groups are only looked up, not iterated.
 */
function meetingFinder(
  { starts, terms, weights }: Vectors,
  cores: Cores,
  count: number,
): (headline: number) => number[] {
  const shared = new Uint8Array(count);
  const met = new Int32Array(count);
  return (headline) => {
    const end = starts[headline + 1] ?? 0;
    let common = -1;
    let most = 0;
    for (let at = starts[headline] ?? 0; at < end; at += 1) {
      if ((weights[at] ?? 0) < FAINT) continue;
      const term = terms[at] ?? 0;
      const size = (cores.starts[term + 1] ?? 0) - (cores.starts[term] ?? 0);
      if (size > most) {
        most = size;
        common = term;
      }
    }
    let size = 0;
    for (let at = starts[headline] ?? 0; at < end; at += 1) {
      const term = terms[at] ?? 0;
      if (term === common || (weights[at] ?? 0) < FAINT) continue;
      const last = cores.starts[term + 1] ?? 0;
      for (let holder = cores.starts[term] ?? 0; holder < last; holder += 1) {
        const group = cores.groups[holder] ?? 0;
        if (shared[group] === 0) met[size++] = group;
        shared[group] = (shared[group] ?? 0) + 1;
      }
    }
    const enough: number[] = [];
    for (let at = 0; at < size; at += 1) {
      const group = met[at] ?? 0;
      if ((shared[group] ?? 0) >= CORE_WORDS || isInCore(cores, common, group)) enough.push(group);
      shared[group] = 0;
    }
    return enough.sort((a, b) => a - b);
  };
}

/** Whether a word is in the core of a group. */
function isInCore({ starts, groups }: Cores, term: number, group: number): boolean {
  const end = starts[term + 1] ?? 0;
  return groups[positionOf(groups, group, starts[term] ?? 0, end)] === group;
}

function isLinked(vectors: Vectors, headline: number, group: readonly number[]): boolean {
  let links = 0;
  for (const member of group) {
    if (areLinked(vectors, member, headline)) links += 1;
    if (links >= LINKS) return true;
  }
  return false;
}

/** An inverted index: the groups in whose core term t is, ascending, are from `starts[t]` up to `starts[t + 1]`. */
type Cores = { starts: Int32Array; groups: Int32Array };

function coresOf(vectors: Vectors, groups: readonly (readonly number[])[]): Cores {
  const counts = new Int32Array(vectors.lexicon);
  const cores = groups.map((group) => coreOf(vectors, group, counts));
  const ends = new Int32Array(vectors.lexicon + 1);
  for (const core of cores) for (const term of core) ends[term + 1] = (ends[term + 1] ?? 0) + 1;
  for (let term = 1; term < ends.length; term += 1) ends[term] = (ends[term] ?? 0) + (ends[term - 1] ?? 0);
  const index = { starts: ends.slice(), groups: new Int32Array(ends.at(-1) ?? 0) };
  cores.forEach((core, group) => {
    for (const term of core) {
      const place = ends[term] ?? 0;
      ends[term] = place + 1;
      index.groups[place] = group;
    }
  });
  return index;
}

/** @param counts by term: 0, as it is left */
function coreOf({ starts, terms, weights }: Vectors, group: readonly number[], counts: Int32Array): number[] {
  const found: number[] = [];
  for (const member of group) {
    for (let at = starts[member] ?? 0; at < (starts[member + 1] ?? 0); at += 1) {
      if ((weights[at] ?? 0) < FAINT) continue;
      const term = terms[at] ?? 0;
      if (counts[term] === 0) found.push(term);
      counts[term] = (counts[term] ?? 0) + 1;
    }
  }
  const core = found.filter((term) => (counts[term] ?? 0) >= group.length * CORE);
  for (const term of found) counts[term] = 0;
  return core;
}
