/** The config's section for an article, by the source's own name for it. */
export function sectionNamed(given: string | null, sections: readonly string[]): { section?: string } {
  const folded = (text: string) => text.normalize("NFKC").trim().toLowerCase();
  const section = given === null ? undefined : sections.find((name) => folded(name) === folded(given));
  return section === undefined ? {} : { section };
}

type InSection = { section?: string | undefined };

/** Negative if the first one's section comes earlier in the config; those without a section come last. */
export const sectionOrder =
  (sections: readonly string[]) =>
  (one: InSection, other: InSection): number =>
    rank(one, sections) - rank(other, sections);

function rank({ section }: InSection, sections: readonly string[]): number {
  const place = section === undefined ? -1 : sections.indexOf(section);
  return place < 0 ? sections.length : place;
}

/** Consecutive headlines under one section's name; `start` is the first one's number in the whole list. */
type Group<T> = { section: string | null; start: number; headlines: T[] };

/** The list with a heading wherever the section changes. */
export function groupsOf<T extends InSection>(headlines: readonly T[]): Group<T>[] {
  const groups: Group<T>[] = [];
  for (const [i, headline] of headlines.entries()) {
    const section = headline.section ?? null;
    const last = groups.at(-1);
    if (last !== undefined && last.section === section) last.headlines.push(headline);
    else groups.push({ section, start: i + 1, headlines: [headline] });
  }
  return groups;
}
