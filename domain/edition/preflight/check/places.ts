import type { EditionContent } from "../../edition.ts";
import { email, type Place, preheader, subject } from "../finding.ts";
import { letters } from "./facts.ts";

/** A text of the edition with its place. `byField`: the story's field. */
export type Said = { at: Place; field: "title" | "paragraph" | "summary" | "text"; text: string };

export const leadPlace = ({ lead }: EditionContent): Place => ({ part: "lead", story: lead.storyId });

export const headlinePlace = ({ headlines }: EditionContent, index: number): Place => ({
  part: "headline",
  n: index + 1,
  story: headlines[index]?.storyId ?? null,
});

/** All texts of an edition, in the order of the email. */
export function saidIn(content: EditionContent): Said[] {
  const lead = leadPlace(content);
  return [
    { at: subject, field: "text", text: content.subject },
    { at: preheader, field: "text", text: content.preheader },
    ...(content.lead.title === null ? [] : [{ at: lead, field: "title", text: content.lead.title } as const]),
    ...content.lead.paragraphs.map((text): Said => ({ at: lead, field: "paragraph", text })),
    ...content.headlines.flatMap(({ title, summary = "" }, i): Said[] => {
      const at = headlinePlace(content, i);
      const said: Said = { at, field: "title", text: title };
      return summary === "" ? [said] : [said, { at, field: "summary", text: summary }];
    }),
  ];
}

/** The story of a link, by its address, else by its text; otherwise the email itself. */
export function placeOfLink(content: EditionContent, link: { href: string; text: string }): Place {
  const href = URL.parse(link.href)?.href ?? link.href;
  const isIts = (url: string | null) => url !== null && (url === link.href || URL.parse(url)?.href === href);
  if (isIts(content.lead.url)) return leadPlace(content);
  const words = letters(link.text);
  const exact = content.headlines.findIndex(({ url, title }) => isIts(url) && letters(title) === words);
  const byUrl = exact >= 0 ? exact : content.headlines.findIndex(({ url }) => isIts(url));
  const found = byUrl >= 0 ? byUrl : content.headlines.findIndex(({ title }) => letters(title) === words);
  if (found >= 0) return headlinePlace(content, found);
  return content.lead.title !== null && letters(content.lead.title) === words ? leadPlace(content) : email;
}
