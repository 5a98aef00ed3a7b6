import type { DigestView, HeadlineView, ViewPiece } from "./digest-view.ts";
import { isolated } from "./literal.ts";
import { withPlaceholders } from "./placeholders.ts";
import { columns, wrap } from "./wrap.ts";

/** Wide enough for a headline, and below the 78 that RFC 5322 §2.1.1 recommends even when quoted twice. */
const width = 72;

/** The text part: written for people who read it, in the order of the HTML. Addresses stand alone on their lines. */
export function renderText(view: DigestView): string {
  const blocks = [masthead(view), ...lead(view), ...list(view), footer(view)];
  return withPlaceholders(`${blocks.join("\n\n")}\n`);
}

const rule = (sign: string, lines: readonly string[]) => sign.repeat(Math.max(3, ...lines.map(columns)));

const underlined = (text: string, sign: string): string => {
  const lines = wrap(text, width);
  return [...lines, rule(sign, lines)].join("\n");
};

function masthead({ title, date }: DigestView): string {
  const lines = [...wrap(title, width), ...wrap(date, width)];
  return [...lines, rule("=", lines)].join("\n");
}

function lead(view: DigestView): string[] {
  const heading = view.titled ? [...wrap(plain(view.kicker, view), width), underlined(view.lead, "-")].join("\n") : "";
  const link = view.url === null ? "" : labelled(plain(view.read, view), view.url);
  const picture = view.image === null ? "" : pictureText(view.image, view);
  const paragraphs = view.paragraphs.map((paragraph) => wrap(paragraph, width).join("\n"));
  return [heading, picture, ...paragraphs, link].filter((block) => block !== "");
}

/** What stands for the picture, and what stands under it. */
function pictureText({ alt, caption, credit }: NonNullable<DigestView["image"]>, view: DigestView): string {
  const below = [caption, plain(credit, view)].filter((text) => text !== "").join(" ");
  return [alt === "" ? "" : `[${alt}]`, below].flatMap((text) => wrap(text, width)).join("\n");
}

function list(view: DigestView): string[] {
  if (view.groups === null) return [];
  const digits = String(view.groups.reduce((sum, { headlines }) => sum + headlines.length, 0)).length;
  const number = (n: number) => `${String(n).padStart(digits)}. `;
  const entries = view.groups.flatMap(({ heading, start, headlines }) => [
    ...(heading === null ? [] : [wrap(heading, width).join("\n")]),
    ...headlines.map((headline, i) => entry(headline, number(start + i), view)),
  ]);
  const rest = view.rest === "" ? [] : [labelled(view.rest, view.editionUrl)];
  return [underlined(view.more, "-"), ...entries, ...rest];
}

function entry(headline: HeadlineView, number: string, view: DigestView): string {
  const indent = " ".repeat(number.length);
  const [first = "", ...more] = wrap(headline.title, width - number.length);
  const meta = wrap(plain(headline.meta, view), width - number.length);
  const url = headline.url === null ? [] : [headline.url];
  return [number + first, ...[...more, ...meta, ...url].map((line) => indent + line)].join("\n");
}

function footer(view: DigestView): string {
  const blocks = [
    wrap(view.reason, width).join("\n"),
    labelled(view.words.unsubscribe, view.unsubscribe),
    labelled(view.words.archive, view.archiveUrl),
    labelled(view.words.browser, view.editionUrl),
    wrap(plain(view.replies, view), width).join("\n"),
    wrap(view.postalAddress, width).join("\n"),
  ];
  return `${"-".repeat(width)}\n\n${blocks.join("\n\n")}`;
}

/** What an address is for, and the address on its own line. */
const labelled = (label: string, url: string): string => `${wrap(`${label}:`, width).join("\n")}\n${url}`;

/** Only beside words that run from right to left can a name turn a line round. */
const plain = (pieces: readonly ViewPiece[], view: DigestView): string =>
  pieces.map((piece) => (piece.isolated && view.dir === "rtl" ? isolated(piece.text) : piece.text)).join("");
