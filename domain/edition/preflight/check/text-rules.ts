import { type Finding, finalBlocker, newsletter, operatorWarning } from "../finding.ts";
import { type Facts, letters } from "./facts.ts";
import { likeness } from "./likeness.ts";
import { saidIn } from "./places.ts";

/** The text part, and the footer of both parts: B35, B37, B38, B39. */
export const textRules = (facts: Facts): Finding[] => [
  ...foot(facts),
  ...markup(facts),
  ...lines(facts),
  ...sameWords(facts),
];

/** Anti-spam laws require a postal address (in the United States 15 U.S.C. § 7704(a)(5)); the rest is for readers. */
function foot({ about, envelope, html, filled, urls }: Facts): Finding[] {
  const address = letters(about.postalAddress);
  const parts = [letters(html.visible), letters(filled.text)];
  const missing = address === "" || !parts.every((part) => part.includes(address));
  const hrefs = html.links.map(({ href }) => href);
  return [
    ...(missing
      ? [
          finalBlocker(
            "B35",
            newsletter,
            "The email has no postal address, which the law asks for. Set it in the config.",
          ),
        ]
      : []),
    ...(hrefs.includes(urls.archive) && hrefs.includes(urls.edition)
      ? []
      : [operatorWarning("B35", "The email does not link to its page on the web and to the other editions.")]),
    ...(parts.every((part) => part.includes(letters(envelope.replyTo)))
      ? []
      : [operatorWarning("B35", "The email does not say where a reader can write to.")]),
  ];
}

/** Tags and entities that aren't in any story, so the text part contains leftovers of HTML. */
function markup({ content, filled }: Facts): Finding[] {
  const said = [...saidIn(content).map(({ text }) => text), ...names(content)].join("\n");
  const found = [
    // bounded: 80 characters a tag
    ...filled.text.matchAll(/<\/?[a-z][^>\n]{0,80}>|&(#\d+|#x[0-9a-f]+|[a-z]{2,8});|\{[\w-]+:[^{}\n]*\}/gi),
  ];
  const foreign = found.find(([mark]) => !said.includes(mark));
  return foreign ? [operatorWarning("B37", `The text part has markup in it: “${foreign[0]}”.`)] : [];
}

const names = ({ lead, headlines }: Facts["content"]): string[] => [
  ...[lead.source ?? "", lead.image?.alt ?? ""],
  ...headlines.flatMap(({ source, alsoIn }) => [source ?? "", ...alsoIn]),
];

/** RFC 5322 §2.1.1. */
const LONGEST = 78;

function lines({ content, html, filled }: Facts): Finding[] {
  const all = filled.text.split("\n");
  // bounded: one line of the text part, at most some 4,000 characters
  const long = all.find((line) => [...line].length > LONGEST && !/^\s*\S*https?:\/\/\S+$/.test(line));
  const shown = html.lists.flatMap(({ items }) => items).length;
  const numbers = all.filter((line) => /^ {0,3}\d+\. \S/.test(line)).length;
  const text = letters(filled.text);
  const left = content.lead.paragraphs.find(
    (paragraph) => letters(html.visible).includes(letters(paragraph)) && !text.includes(letters(paragraph)),
  );
  return [
    ...(long
      ? [operatorWarning("B38", `The text part has lines of more than ${LONGEST} characters: “${long.slice(0, 60)}”.`)]
      : []),
    ...(numbers < Math.min(shown, content.headlines.length)
      ? [operatorWarning("B38", "The text part does not number its headlines.")]
      : []),
    ...(left === undefined ? [] : [operatorWarning("B38", `The text part lacks a paragraph: “${left.slice(0, 60)}”.`)]),
  ];
}

const ALIKE = 0.95;

function sameWords({ html, filled }: Facts): Finding[] {
  const shown = tokens(html.visible);
  const written = tokens(filled.text.replaceAll(/^ {0,3}\d+\. /gm, " "));
  if (shown.length + written.length === 0 || likeness(shown, written, ALIKE) >= ALIKE) return [];
  return [operatorWarning("B39", "The text part does not say what the HTML shows.")];
}

/** The text as it is read: without addresses and direction marks. */
const tokens = (text: string): string[] =>
  text
    .replaceAll(/https?:\/\/\S+/g, " ")
    .replaceAll(/\p{Cf}|\u034F/gu, "")
    .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
