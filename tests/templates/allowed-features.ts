/**
 * What the email uses although caniemail knows a large client without it or with bugs, and why the email is whole there
 * nevertheless. A feature that is not here has not been looked at: look at it before adding it.
 */
const polish = "polish: without it the text stands there all the same";
const layout = "partly in Outlook for Windows; the tables around it, made for Outlook, hold the layout";
const head = "only in the head's style sheet, which may be lost: every style that matters is inline as well";
const accessibility = "for screen readers; a client that drops it shows the same";

export const allowedFeatures: Readonly<Record<string, string>> = {
  "!important keyword": head,
  "<body> element": "dropped by webmail: the first element in it has the same language, direction and colour",
  "<img> element": "Proton asks before it loads pictures: the email is complete without",
  "<style> element": head,
  "@media": head,
  "Attribute selector": head,
  "Chaining selectors": head,
  "Child combinator": head,
  "Class selector": head,
  "Descendant combinator": head,
  "ID selector": "mjml's reset for Outlook",
  "Type selector": head,
  "align attribute": "beside text-align, which all have",
  "aria-hidden attribute": accessibility,
  "aria-label attribute": accessibility,
  background: "plain colours only, and background-color beside it",
  border: layout,
  "border-collapse": "mjml's reset",
  "cellpadding attribute": "zero",
  "cellspacing attribute": "zero",
  "dir attribute": "beside direction and text-align",
  direction: "beside the dir attribute",
  display: "inline-block and block only",
  "display:none": "the preheader, hidden in four ways",
  "font-size": layout,
  "font-weight": "bold and normal only",
  "height attribute": "beside width; the picture keeps its proportions by itself",
  "height property": "auto only",
  "lang attribute": accessibility,
  "letter-spacing": polish,
  "line-height": layout,
  margin: "on paragraphs and headings only; never negative",
  "max-width": layout,
  outline: "mjml's reset for pictures",
  overflow: "the preheader, hidden in four ways",
  "overflow-wrap": "beside word-break",
  padding: layout,
  "role attribute": accessibility,
  "text-align": "left, right and center only",
  "text-decoration": "underline only",
  "text-decoration-color": polish,
  "text-decoration-thickness": polish,
  "text-underline-offset": polish,
  "text-wrap": polish,
  "width attribute": layout,
  "width property": layout,
  "word-break": "beside overflow-wrap",
  "word-spacing": "normal only",
};
