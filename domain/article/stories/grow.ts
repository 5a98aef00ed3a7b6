import { agglomerate } from "./agglomerate.ts";
import { areLinked } from "./firm.ts";
import { centresOf, holdersOf, type Vectors } from "./vectors.ts";

/** Two groups whose centres are so alike (cosine) tell one story. */
const SAME_CENTRE = 0.35;
/** A group of so many headlines has a centre to compare with other groups'… */
const ENOUGH_TO_MERGE = 3;
/** …and one of so many draws in headlines that no other headline is like enough. */
const ENOUGH_TO_ATTACH = 4;
/** How like such a centre a headline must be. */
const NEAR = 0.25;
/** The words that this part of a group's headlines have are its core; a headline needs at least two of them… */
const CORE = 0.4;
const CORE_WORDS = 2;
/** …and must share enough words with at least two of its headlines. */
const LINKS = 2;
/** Words lighter than this say nothing of a headline. */
const FAINT = 0.12;

/**
 * Joins the parts of a story that grew apart: on a busy day its headlines find each other in several places at once, and
 * a headline is taken out of a group before that has grown. The centres of whole groups are few and steady, so all of
 * their words are compared, with each other's and with those of the headlines left over.
 * @param raised what the window's mix adds to the likeness asked for
 */
export function growGroups(vectors: Vectors, groups: readonly number[][], raised: number): number[][] {
  const merged = mergeGroups(vectors, groups, raised);
  const large = merged.filter(({ length }) => length >= ENOUGH_TO_ATTACH);
  const small = merged.filter(({ length }) => length < ENOUGH_TO_ATTACH);
  const loose = looseOf(vectors, merged);
  const added = attach({ vectors, groups: large, loose, near: NEAR + raised });
  const grown = large.map((group, index) => [...group, ...(added[index] ?? [])].toSorted((a, b) => a - b));
  return [...grown, ...small];
}

function mergeGroups(vectors: Vectors, groups: readonly number[][], raised: number): number[][] {
  // Neighbours are looked for in the order of time, so groups are in the order of their first headlines.
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

/** @returns by group: the loose headlines whose likeliest group it is, if they belong */
function attach({ vectors, groups, loose, near }: Attaching): number[][] {
  const centres = centresOf(vectors, groups);
  const holders = holdersOf(centres, 0);
  const products = new Float64Array(groups.length);
  const cores = new Map<number, ReadonlySet<number>>();
  const coreAt = (index: number): ReadonlySet<number> => {
    const core = cores.get(index) ?? coreOf(vectors, groups[index] ?? []);
    cores.set(index, core);
    return core;
  };
  const added: number[][] = groups.map(() => []);
  for (const headline of loose) {
    products.fill(0);
    let best = -1;
    for (let at = vectors.starts[headline] ?? 0; at < (vectors.starts[headline + 1] ?? 0); at += 1) {
      const [term, weight] = [vectors.terms[at] ?? 0, vectors.weights[at] ?? 0];
      for (let other = holders.starts[term] ?? 0; other < (holders.starts[term + 1] ?? 0); other += 1) {
        const group = holders.vectors[other] ?? 0;
        const product = (products[group] ?? 0) + weight * (holders.weights[other] ?? 0);
        products[group] = product;
        if (best < 0 || product > (products[best] ?? 0)) best = group;
      }
    }
    if (best < 0 || (products[best] ?? 0) < near) continue;
    if (belongs(vectors, headline, groups[best] ?? [], coreAt(best))) added[best]?.push(headline);
  }
  return added;
}

function belongs(vectors: Vectors, headline: number, group: readonly number[], core: ReadonlySet<number>): boolean {
  let shared = 0;
  eachTelling(vectors, headline, (term) => {
    if (core.has(term)) shared += 1;
  });
  if (shared < CORE_WORDS) return false;
  let links = 0;
  for (const member of group) {
    if (areLinked(vectors, member, headline)) links += 1;
    if (links >= LINKS) return true;
  }
  return false;
}

function coreOf(vectors: Vectors, group: readonly number[]): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const member of group) eachTelling(vectors, member, (term) => counts.set(term, (counts.get(term) ?? 0) + 1));
  return new Set([...counts].flatMap(([term, count]) => (count >= group.length * CORE ? [term] : [])));
}

function eachTelling({ starts, terms, weights }: Vectors, headline: number, visit: (term: number) => void): void {
  for (let at = starts[headline] ?? 0; at < (starts[headline + 1] ?? 0); at += 1)
    if ((weights[at] ?? 0) >= FAINT) visit(terms[at] ?? 0);
}
