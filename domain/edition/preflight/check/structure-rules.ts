import { counted } from "../../../counted.ts";
import { blocker, email, type Finding, operatorWarning, warning } from "../finding.ts";
import { type Facts, isLinkless, letters } from "./facts.ts";
import { headlinePlace, leadPlace } from "./places.ts";

/** Structure for screen readers, and completeness of stories: B8 to B11, B13, B14. */
export const structureRules = (facts: Facts): Finding[] => [
  ...languages(facts),
  ...wrapper(facts),
  ...lead(facts),
  ...headings(facts),
  ...list(facts),
  ...tables(facts),
  ...pictures(facts),
];

function languages({ html, about, direction }: Facts): Finding[] {
  const isRight = (one: { language: string | null; direction: string | null }) =>
    one.language === about.language && one.direction === direction;
  return isRight(html) && html.top.length > 0 && html.top.every(isRight)
    ? []
    : [
        operatorWarning(
          "B8",
          `The email does not say everywhere that it is in “${about.language}”, written ${direction}.`,
        ),
      ];
}

function wrapper({ html, date }: Facts): Finding[] {
  const article = html.top.find(({ role }) => role === "article");
  const named =
    html.title !== "" &&
    letters(article?.label ?? "") === letters(html.title) &&
    letters(html.title).includes(letters(date));
  return article?.roleDescription === "email" && named
    ? []
    : [operatorWarning("B9", "Screen readers don’t announce this as an email, with its name and date.")];
}

function lead({ content }: Facts): Finding[] {
  const { title, paragraphs } = content.lead;
  const at = leadPlace(content);
  const hasText = paragraphs.some((paragraph) => letters(paragraph) !== "");
  if (letters(title ?? "") === "" && !hasText) {
    return [blocker("B10", at, "The edition has no lead. Make a story the lead, or write one.")];
  }
  if (hasText) return [];
  return [warning("B10", at, "The lead is a headline alone. Write its first paragraphs, or make another story lead.")];
}

function headings({ html, content, about }: Facts): Finding[] {
  const first = html.headings.filter(({ level }) => level === 1);
  const [only] = first;
  const wanted = content.lead.title ?? about.title;
  const levels = html.headings.map(({ level }) => level);
  const isOrdered = levels.every((level, i) => level <= (levels[i - 1] ?? 0) + 1);
  return [
    ...(first.length === 1 && only && letters(only.text).startsWith(letters(wanted).slice(0, 250))
      ? []
      : [
          operatorWarning(
            "B10",
            `The email has ${first.length} main headings where it needs one, the lead’s headline.`,
          ),
        ]),
    ...(isOrdered ? [] : [operatorWarning("B10", "The email’s headings skip a level.")]),
    ...(html.lists.length > 0 && !levels.includes(2) ? [operatorWarning("B10", "The list has no heading.")] : []),
  ];
}

function list(facts: Facts): Finding[] {
  const { content, html } = facts;
  const items = html.lists.flatMap((one) => one.items);
  const { headlines } = content;
  if (items.length < headlines.length) {
    const at = headlinePlace(content, items.length);
    const left = `The email shows ${items.length} of ${counted(headlines.length, "headline")}, since it would be too long.`;
    return [warning("B11", at, `${left} Shorten the lead or other headlines to have all.`)];
  }
  const shown =
    items.length === headlines.length ? [] : [operatorWarning("B11", "The list has entries that aren’t headlines.")];
  if (isLinkless(content)) return shown;
  const perHeadline = headlines.flatMap(({ title, url, earlier }, i) => {
    const at = headlinePlace(content, i);
    if (url === null) return [warning("B11", at, `Headline ${i + 1} has no link. Give it its story’s address.`)];
    const links = items[i]?.links ?? [];
    // An update also links to the earlier edition.
    const most = earlier === undefined ? 1 : 2;
    const isWhole = links.length > 0 && links.length <= most && letters(links[0] ?? "") === letters(title);
    return isWhole
      ? []
      : [warning("B11", at, `Headline ${i + 1} is not shown as one link. Look at it in the preview.`)];
  });
  return [...shown, ...perHeadline];
}

function tables({ html }: Facts): Finding[] {
  const readAloud = html.tables.some((role) => role !== "presentation");
  const data = ["th", "caption"].some((tag) => html.elements[tag]);
  return readAloud || data ? [operatorWarning("B13", "Screen readers would read the layout’s tables aloud.")] : [];
}

function pictures({ content, html }: Facts): Finding[] {
  const titles = [content.lead.title ?? "", ...content.headlines.map(({ title }) => title)].map(letters);
  return html.images.flatMap(({ src, alt, width, height }) => {
    const at = content.lead.image?.url === src ? leadPlace(content) : email;
    const says = alt ?? "";
    return [
      ...(alt === null
        ? [warning("B14", at, "A picture has no text for those who cannot see it. Describe it, or take it out.")]
        : []),
      ...(letters(says) !== "" && titles.includes(letters(says))
        ? [warning("B14", at, "A picture’s text repeats the headline, which is then read twice. Describe the picture.")]
        : []),
      ...(width === null || height === null
        ? [warning("B14", at, "A picture does not say how large it is, so the text jumps when it loads.")]
        : []),
    ];
  });
}
