import { arabic, arabicLook, look, plain, usual } from "../../../testing/editions/editions.ts";
import { factsFor } from "./checked.ts";
import {
  type Case,
  content,
  email,
  facts,
  header,
  headers,
  headline,
  html,
  long,
  swapped,
  text,
  without,
  written,
} from "./spoilt.ts";

/** The texts around it, and its own words. */
export const wordCases: Record<string, Case[]> = {
  B1: [
    [
      "a sender that can't be answered",
      () => facts(({ envelope }) => ({ envelope: { ...envelope, from: '"D" <no-reply@d.example>' } })),
      [/^B1 warning newsletter: Readers cannot answer no-reply@d.example/],
    ],
    ["a line break in a header", () => header("List-Id", "a\r\nBcc: b"), [/^B1 blocker newsletter/]],
  ],
  B2: [
    [
      "a long subject",
      () => content({ subject: `${long.slice(0, 69)}s` }),
      [/^B2 warning subject: The subject has 70 characters/],
    ],
    ["no subject", () => content({ subject: " " }), [/^B2 blocker subject/]],
    [
      "a subject that is the newsletter's name",
      () => content({ subject: `${look.title}, Monday` }),
      [/^B2 warning subject: The subject begins with the newsletter’s name/],
    ],
    [
      "a subject that came before",
      () => facts(() => ({ earlier: [{ date: "2026-11-02", subject: usual.subject }] })),
      [/^B2 warning subject: The edition of 2026-11-02 had this subject/],
    ],
  ],
  B3: [
    [
      "no List-Unsubscribe",
      () => without("List-Unsubscribe"),
      [/^B3 blocker email: The email has no List-Unsubscribe header/],
    ],
    ["no List-Unsubscribe-Post", () => without("List-Unsubscribe-Post"), [/^B3 blocker email/]],
    ["no List-Id", () => without("List-Id"), [/^B3 warning email/]],
    [
      "two of List-Archive",
      () => headers((all) => [...all, { name: "List-Archive", value: "<x>" }]),
      [/^B3 warning email: The email has 2 List-Archive headers/],
    ],
    [
      "a mail address before the web's",
      () =>
        headers((all) =>
          all.map((one) =>
            one.name === "List-Unsubscribe" ? { ...one, value: `<mailto:a@b.example>, ${one.value}` } : one,
          ),
        ),
      [/^B3 blocker email: Its List-Unsubscribe/],
    ],
    ["no one click", () => header("List-Unsubscribe-Post", "yes"), [/^B3 blocker email: Mail programs cannot/]],
  ],
  B4: [
    [
      "no text part",
      () => email((sent) => ({ ...sent, text: "" })),
      [/^B4 blocker email: The email has no text part/, /^B35/, /^B38/, /^B39/],
    ],
  ],
  B30: [
    [
      "an address that is not secure",
      () => headline(2, { url: "http://gull.example/2" }),
      [/^B30 blocker headline 2: Headline 2 links to http:\/\/gull.example\/2/],
    ],
    [
      "an address that is none",
      () => html(usual.lead.url ?? "", "/story"),
      [/^B30 blocker lead: The lead links to “\/story”/],
    ],
    [
      "an address that was not filled in",
      () => headline(2, { url: "https://gull.example/undefined/2" }),
      [/^B30 blocker headline 2: .*never filled in/],
    ],
    [
      "a placeholder that nothing fills",
      () => html("</h2>", " {{name}}</h2>"),
      [/^B30 blocker email: The email has “{{name}}” in it/],
    ],
    ["half a placeholder", () => html("</h2>", " }}</h2>"), [/^B30 blocker email: The email has “}}” in it/]],
    [
      "a headline of nothing",
      () => headline(5, { title: "undefined" }),
      [/^B30 blocker headline 5: Headline 5 says “undefined”/],
    ],
    [
      "an object in a sentence of ours",
      () => html("</h2>", " [object Object]</h2>"),
      [/^B30 blocker email: The email says “\[object Object\]”/],
    ],
    [
      "another system's mark",
      () => headline(5, { title: "Dear %%name%%, floods recede" }),
      [/^B30 warning headline 5: Headline 5 says “%%name%%”/],
    ],
    [
      "another system's placeholder in a link",
      () => headline(2, { url: "https://gull.example/2?to=*|EMAIL|*" }),
      [/^B30 blocker headline 2: Headline 2 links to https:\/\/gull.example\/2.*“\*\|EMAIL\|\*” was never filled in/],
    ],
    [
      "a link that does not open",
      () => ({
        facts: factsFor(usual),
        trials: [{ url: usual.headlines[6]?.url ?? "", outcome: "dead", why: "answers 404" }],
      }),
      [/^B30 warning headline 7: The link of headline 7, .* answers 404\. Correct/],
    ],
    [
      "a link that cannot be tried",
      () => ({
        facts: factsFor(usual),
        trials: [{ url: usual.lead.url ?? "", outcome: "untestable", why: "answers 403" }],
      }),
      [/^B30 warning lead: .* answers 403\. Open it once yourself/],
    ],
  ],
  B31: [
    ["a control character", () => html("</h2>", "\u0092</h2>"), [/^B31 blocker email/]],
    [
      "a headline shown in part",
      () => html("Bakers ask the city to count bread", "Bakers ask"),
      [/^B11/, /^B31 warning headline 2: Headline 2 is not shown whole/],
    ],
  ],
  B32: [
    ["no preheader", () => content({ preheader: "" }), [/^B32 warning preheader: There is no preheader/]],
    [
      "a short one",
      () => content({ preheader: "Plus: rain" }),
      [/^B32 warning preheader: The preheader has 10 characters/],
    ],
    ["a long one", () => content({ preheader: long }), [/^B32 warning preheader: The preheader has 299 characters/]],
    [
      "a headline that repeats the lead",
      () => content({ preheader: `Plus: ${usual.lead.title}; and more` }),
      [/^B32 warning preheader: The preheader says again/],
    ],
    [
      "a visible preheader",
      () => html(/(display:none;max-height:0;)overflow:hidden/, "$1"),
      [/^B32 warning email: The preheader is not hidden/],
    ],
  ],
  B33: [
    [
      "nothing behind the preheader",
      () => html(/(\u2007\uFEFF\u034F ?)+/, ""),
      [/^B33 warning email: Nothing follows the preheader/],
    ],
    ["its signs in the text part", () => text("\n\n", "\n\u2007\u034F\n"), [/^B33 warning email: The text part/]],
  ],
  B34: [
    [
      "an unsubscribe link before the news",
      () => html(/<h1/, `<p>${"About us. ".repeat(60)}</p><h1`),
      [/^B34 warning email: Its news comes late/, /^B39/],
    ],
  ],
  B35: [
    [
      "no postal address",
      () => email((sent) => ({ ...sent, html: swapped(sent.html, look.postalAddress, "") })),
      [/^B35 blocker newsletter/],
    ],
    [
      "no link to leave",
      () => html(/<a href="{{unsubscribe}}"[^>]*>[^<]*<\/a>/, ""),
      [/^B35 blocker email: The email has no link to unsubscribe/],
    ],
    [
      "no link to the web",
      () => html(`href="${look.editionUrl}"`, `href="${look.siteUrl}/other"`),
      [/^B35 warning email: The email does not link to its page/],
    ],
  ],
  B36: [
    [
      "another reader's header",
      () => header("List-Unsubscribe", "<https://news.example/one-click/other>"),
      [/^B36 blocker email/],
    ],
  ],
  B37: [
    ["a tag in the text part", () => text("\n\n", "\n\n<td>"), [/^B37 warning email/]],
    ["an entity in the text part", () => text("\n\n", "\n\n&nbsp;"), [/^B37 warning email/]],
  ],
  B38: [
    [
      "a long line",
      () => text("\n\n", `\n\n${"—".repeat(90)}\n\n`),
      [/^B38 warning email: The text part has lines of more/],
    ],
    [
      "headlines without numbers",
      () => text(/^( *)\d+\. /gm, "$1- "),
      [/^B38 warning email: The text part does not number/],
    ],
    [
      "no way to leave",
      () => text("{{unsubscribe}}", ""),
      [/^B38 blocker email: The text part has no address to unsubscribe/],
    ],
    [
      "a missing paragraph",
      () => text(/Councillor Piet Hallam/, "Councillor"),
      [/^B38 warning email: The text part lacks a paragraph/],
    ],
  ],
  B39: [
    ["a text part of other words", () => text(/\n\n/, `\n\n${"other words\n".repeat(60)}\n`), [/^B39 warning email/]],
  ],
  B40: [
    [
      "Arabic from the left",
      () => ({
        facts: factsFor(arabic, arabicLook, (sent) => ({
          ...sent,
          html: swapped(sent.html, "text-align:right", "text-align:left"),
        })),
      }),
      [/^B40 warning email/],
    ],
  ],
  B41: [["settings that changed since", () => facts(() => ({ isCurrent: false })), [/^B41 warning email/]]],
  C18: [
    [
      "an editor's TK",
      () => written({ stories: new Set(["story-3"]) }, headline(4, { title: "TK the comet" })),
      [/^C18 blocker headline 4: Headline 4 says “TK”/],
    ],
    ["a source's", () => headline(4, { title: "TK Maxx opens in Ostmere" }), [/^C18 warning headline 4/]],
    [
      "an editor's subject",
      () => written({ subject: true }, content({ subject: "TKTK something about the mill" })),
      [/^C18 blocker subject/],
    ],
    [
      "a text from a file",
      () =>
        written(
          { all: true },
          { facts: factsFor({ ...plain, lead: { ...plain.lead, paragraphs: ["Lorem ipsum dolor."] } }) },
        ),
      // The first headline is the subject, whole.
      [/^C18 blocker lead/, /^B2 warning subject: The subject has 62 characters/],
    ],
    [
      "XXX, which may be a number",
      () => written({ all: true }, headline(4, { title: "Super Bowl XXX remembered" })),
      [/^C18 warning headline 4/],
    ],
    [
      "too little quota",
      () => facts(() => ({ account: { room: 40_000, readers: 50_000 } })),
      [/^C18 warning newsletter: SES lets 40,000 more/],
    ],
  ],
};
