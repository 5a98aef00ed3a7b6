import { counted } from "../../../counted.ts";
import { SUBJECT_MOST } from "../../content/subject.ts";
import { blocker, email, type Finding, operatorWarning, preheader, subject, warning } from "../finding.ts";
import { type Facts, length, letters } from "./facts.ts";
import { headlinePlace } from "./places.ts";

/** Subject and preheader: B2, B32, B33, B34. */
export const subjectRules = (facts: Facts): Finding[] => [
  ...subjectLine(facts),
  ...previewLine(facts),
  ...hiddenText(facts),
  ...firstWords(facts),
];

const SUBJECT_SEEN = 40;

function subjectLine(facts: Facts): Finding[] {
  const line = facts.filled.subject.trim();
  if (line === "") return [blocker("B2", subject, "The email has no subject. Write one.")];
  const n = length(line);
  const name = letters(facts.about.title).toLowerCase();
  const seen = letters([...line].slice(0, SUBJECT_SEEN).join("")).toLowerCase();
  const same = facts.earlier.find((one) => letters(one.subject).toLowerCase() === letters(line).toLowerCase());
  const named =
    "The subject begins with the newsletter’s name, which the inbox shows as the sender. Begin with the news.";
  return [
    ...(n > SUBJECT_MOST
      ? [
          warning(
            "B2",
            subject,
            `The subject has ${counted(n, "character")}, and inboxes show ${SUBJECT_MOST}. Shorten it.`,
          ),
        ]
      : []),
    ...(name !== "" && seen.startsWith(name) ? [warning("B2", subject, named)] : []),
    ...(same
      ? [warning("B2", subject, `The edition of ${same.date} had this subject: inboxes would join the two. Reword it.`)]
      : []),
  ];
}

const PREVIEW_LEAST = 60;
const PREVIEW_MOST = 110;

function previewLine({ content, filled }: Facts): Finding[] {
  const text = content.preheader.trim();
  const advice = `Write one of ${PREVIEW_LEAST} to ${PREVIEW_MOST} characters about the next stories.`;
  if (text === "") {
    return [warning("B32", preheader, `There is no preheader, so inboxes show the email’s masthead there. ${advice}`)];
  }
  const n = length(text);
  const said = [filled.subject, content.lead.title ?? ""].map(letters).filter((one) => one.length > 8);
  const repeats = said.some((one) => letters(text).includes(one));
  return [
    ...(n < PREVIEW_LEAST
      ? [
          warning(
            "B32",
            preheader,
            `The preheader has ${counted(n, "character")}, which leaves room beside it. ${advice}`,
          ),
        ]
      : []),
    ...(n > PREVIEW_MOST
      ? [warning("B32", preheader, `The preheader has ${counted(n, "character")}, and inboxes cut it off. ${advice}`)]
      : []),
    ...(repeats
      ? [warning("B32", preheader, `The preheader says again what the subject or lead says. ${advice}`)]
      : []),
  ];
}

const hiding = [/display:\s*none/, /max-height:\s*0/, /overflow:\s*hidden/, /mso-hide:\s*all/];
const fillers = /(\u2007\uFEFF\u034F ?){60}/;

function hiddenText({ content, html, filled }: Facts): Finding[] {
  const leaked = /[\u034F\u2007]/.test(filled.text)
    ? [operatorWarning("B33", "The text part has the signs that only hide text in an inbox.")]
    : [];
  if (content.preheader.trim() === "") return leaked;
  const { hidden } = html;
  if (hidden === null || !hidden.isFirst || !letters(hidden.text).startsWith(letters(content.preheader))) {
    return [
      ...leaked,
      operatorWarning("B32", "The preheader is not the first text of the email, so inboxes show another."),
    ];
  }
  const isHidden = hidden.ariaHidden && hiding.every((way) => way.test(hidden.style));
  return [
    ...leaked,
    ...(isHidden ? [] : [operatorWarning("B32", "The preheader is not hidden in every mail program.")]),
    ...(fillers.test(hidden.text)
      ? []
      : [operatorWarning("B33", "Nothing follows the preheader, so inboxes show the email’s text after it.")]),
  ];
}

/** Characters allowed before the news, such as a name, a date or a source. */
const BEFORE_NEWS = 250;

function firstWords({ content, html, urls }: Facts): Finding[] {
  const title = letters(content.lead.title ?? content.lead.paragraphs[0] ?? content.headlines[0]?.title ?? "");
  const visible = letters(html.visible);
  const news = title === "" ? 0 : visible.indexOf(title);
  const ours = [urls.edition, urls.archive, urls.unsubscribe];
  const early = html.links.find(({ href, after }) => ours.includes(href) && after < 40);
  if (news >= 0 && news <= BEFORE_NEWS && early === undefined) return [];
  const at = content.lead.title === null && content.headlines.length > 0 ? headlinePlace(content, 0) : email;
  const why = early ? `It begins with “${early.text}”` : "Its news comes late";
  return [
    warning("B34", at, `${why}: summaries in inboxes are made of the first words. Tell your Broadsheet operator.`),
  ];
}
