import { blocker, capital, email, type Finding, finalBlocker, nameOf, type Place, warning } from "../finding.ts";
import { placeholderIn } from "../foreign-placeholders.ts";
import { type Facts, letters } from "./facts.ts";
import { leadPlace, type Said, saidIn } from "./places.ts";

/** Text that is there by mistake: B20, B30 (leftovers), B31, C18 (marks of unfinished text). */
export const wordRules = (facts: Facts): Finding[] => [
  ...placeholders(facts),
  ...controls(facts),
  ...shownWhole(facts),
  ...saidIn(facts.content).flatMap(hollow),
  ...isOnlyPlaceholder(facts).flatMap((said) => [...mergeTags(said), ...brokenOff(said), ...unfinished(said, facts)]),
  ...objects(facts),
];

/** A subject or preheader made from headlines isn't checked; faults are reported at the headlines. */
const isOnlyPlaceholder = ({ content, written }: Facts): Said[] =>
  saidIn(content).filter(({ at }) => (at.part !== "subject" && at.part !== "preheader") || isWritten(at, written));

/** SES refuses an email with a placeholder without a value, for every reader. */
function placeholders({ email: sent, placeholders }: Facts): Finding[] {
  const known = new RegExp(`\\{\\{(${placeholders.join("|")})\\}\\}`, "g");
  const rest = [sent.subject, sent.html, sent.text].join("\n").replaceAll(known, "");
  const left = /\{\{[^{}]{0,40}(\}\})?|\}\}/.exec(rest)?.[0];
  return left === undefined
    ? []
    : [
        finalBlocker(
          "B30",
          email,
          `The email has “${left}” in it, which cannot be filled in. Tell your Broadsheet operator.`,
        ),
      ];
}

/** Invisible characters. A single one of U+0080 to U+009F makes Gmail clip a message of any size. */
function controls({ email: sent }: Facts): Finding[] {
  const inSubject = /[\p{Cc}\p{Zl}\p{Zp}]/u.test(sent.subject);
  const inBody = /(?![\t\n])\p{Cc}/u.test(sent.html + sent.text);
  return inSubject || inBody
    ? [
        blocker(
          "B31",
          email,
          "The email has control characters in it, which mail programs stumble over. Write it again.",
        ),
      ]
    : [];
}

/** Every text is in the email exactly, except those left out because of their length. */
function shownWhole({ content, html, filled }: Facts): Finding[] {
  const [visible, subject] = [letters(html.visible), letters(filled.subject)];
  const items = html.lists.flatMap((list) => list.items).length;
  const dropped = content.headlines.length - items;
  return saidIn(content).flatMap(({ at, field, text }) => {
    if (at.part === "preheader" || (at.part === "headline" && at.n > content.headlines.length - dropped)) return [];
    if ((at.part === "subject" ? subject : visible).includes(letters(text))) return [];
    const what = field === "paragraph" ? "A paragraph of the lead" : capital(nameOf(at));
    return [warning("B31", at, `${what} is not shown whole. Look at it in the preview, and shorten or reword it.`)];
  });
}

const nothing = /^\s*(undefined|null|NaN|\[object \w*\])\s*$/;

function hollow({ at, text, field }: Said): Finding[] {
  if (!nothing.test(text)) return [];
  const what = field === "paragraph" ? "A paragraph of the lead says" : `${capital(nameOf(at))} says`;
  return [blocker("B30", at, `${what} “${text.trim()}”, which a program left there. Rewrite it or remove the story.`)];
}

/** Only a warning, because news about such systems may contain them. */
function mergeTags({ at, text }: Said): Finding[] {
  const tag = placeholderIn(text);
  if (tag === undefined) return [];
  return [
    warning("B30", at, `${capital(nameOf(at))} says “${tag}”, a placeholder that was never filled in. Reword it.`),
  ];
}

/** Only whole headlines and paragraphs. */
function brokenOff({ at, text, field }: Said): Finding[] {
  if (!/(…|\.\.\.|\[(…|\.\.\.)\])["”’»)\]]?\s*$/u.test(text)) return [];
  const what = field === "paragraph" ? "A paragraph of the lead" : capital(nameOf(at));
  return [warning("B20", at, `${what} breaks off with “…”. Write it to its end, or leave it out.`)];
}

/** `TK` ("to come") marks unfinished text; only in editors' texts, because it can be a name in a source's. */
const toCome = /(?<![\p{L}\p{N}])(TK(TK)*|lorem ipsum)(?![\p{L}\p{N}])/u;
const loremIpsum = /lorem ipsum/iu;
const marks = /(?<![\p{L}\p{N}])(XXX+|TODO|FIXME|TBC|TBD)(?![\p{L}\p{N}])/u;

function unfinished({ at, text }: Said, { written }: Facts): Finding[] {
  const own = toCome.exec(text)?.[0] ?? loremIpsum.exec(text)?.[0];
  const mark = own ?? marks.exec(text)?.[0];
  if (mark === undefined) return [];
  const message = `${capital(nameOf(at))} says “${mark}”, which marks text that is yet to be written.`;
  return own !== undefined && isWritten(at, written)
    ? [blocker("C18", at, `${message} Write it.`)]
    : [warning("C18", at, `${message} Look whether it is meant.`)];
}

function isWritten(at: Place, { all, subject, preheader, stories }: Facts["written"]): boolean {
  if (at.part === "subject") return subject;
  if (at.part === "preheader") return preheader;
  return all || ((at.part === "lead" || at.part === "headline") && at.story !== null && stories.has(at.story));
}

/** Words that only programs write, if no story contains them. */
function objects({ content, html, filled }: Facts): Finding[] {
  const said = saidIn(content).map(({ text }) => text);
  const own = html.runs.find(({ text }) => nothing.test(text) && !said.includes(text));
  const object = /\[object \w+\]/.exec(html.visible + filled.text)?.[0];
  const left = own?.text ?? (said.some((text) => object !== undefined && text.includes(object)) ? undefined : object);
  if (left === undefined) return [];
  return [blocker("B30", leadOrEmail(content, left), `The email says “${left}”, which a program left there.`)];
}

const leadOrEmail = (content: Facts["content"], left: string): Place =>
  content.lead.source === left ? leadPlace(content) : email;
