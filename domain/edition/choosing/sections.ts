/** The section of the config's that an article belongs to by its source's own word for it. */
export function sectionNamed(given: string | null, sections: readonly string[]): { section?: string } {
  const folded = (text: string) => text.normalize("NFKC").trim().toLowerCase();
  const section = given === null ? undefined : sections.find((name) => folded(name) === folded(given));
  return section === undefined ? {} : { section };
}

type InSection = { section?: string | undefined };

/** Negative where the section of one comes before the other's in the config; without one comes last. */
export const sectionOrder =
  (sections: readonly string[]) =>
  (one: InSection, other: InSection): number =>
    rank(one, sections) - rank(other, sections);

function rank({ section }: InSection, sections: readonly string[]): number {
  const place = section === undefined ? -1 : sections.indexOf(section);
  return place < 0 ? sections.length : place;
}

/** A run of headlines under one section's name; `start` is the first one's number in the whole list. */
export type Group<T> = { section: string | null; start: number; headlines: T[] };

/** The list as it is shown: a heading wherever the section changes. */
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
