import { isolated } from "../text/literal.ts";
import { columns, wrap } from "../text/wrap.ts";
import type { DigestView, HeadlineView, ViewPiece } from "./digest-view.ts";
import { apart, type PictureView } from "./lead-view.ts";
import { withPlaceholders } from "./placeholders.ts";

/** Wide enough for a headline, and below the limit of 78 in RFC 5322 §2.1.1 even when quoted twice. */
const width = 72;

/** The text part, made for reading, in the order of the HTML. Addresses are on their own lines. */
export function renderText(view: DigestView): string {
  const blocks = [masthead(view), ...lead(view), ...tiers(view), footer(view)];
  return withPlaceholders(`${blocks.join("\n\n")}\n`);
}

const rule = (sign: string, lines: readonly string[]) => sign.repeat(Math.max(3, ...lines.map(columns)));

const underlined = (text: string, sign: string): string => {
  const lines = wrap(text, width);
  return [...lines, rule(sign, lines)].join("\n");
};

function masthead({ title, dateLine, titled, reading }: DigestView): string {
  const lines = [title, dateLine, ...(titled ? [reading.replaceAll("\u00a0", " ")] : [])].flatMap((text) =>
    wrap(text, width),
  );
  return [...lines, rule("=", lines)].join("\n");
}

function lead(view: DigestView): string[] {
  const heading = view.titled ? [...linesOf(view.kicker, view, width), underlined(view.lead, "-")].join("\n") : "";
  const link = view.url === null ? "" : labelled(plain(view.read, view), view.url);
  const picture = view.image === null ? "" : pictureText(view.image, view);
  const paragraphs = view.paragraphs.map((paragraph) => wrap(paragraph.text, width).join("\n"));
  return [heading, picture, ...paragraphs, link].filter((block) => block !== "");
}

/** The picture's own text, and its caption and credit. */
function pictureText({ alt, below }: PictureView, view: DigestView): string {
  return [alt === "" ? "" : `[${alt}]`, plain(below, view)].flatMap((text) => wrap(text, width)).join("\n");
}

/** The HTML's tiers, numbered through. */
function tiers(view: DigestView): string[] {
  const also = view.also ?? [];
  const groups = view.groups ?? [];
  const total = also.length + groups.reduce((sum, { headlines }) => sum + headlines.length, 0);
  const number = (n: number) => `${String(n).padStart(String(total).length)}. `;
  const summaries = also.map((headline, i) => entry(headline, number(i + 1), view, headline.summary?.text));
  const briefs = groups.flatMap(({ heading, start, headlines }) => [
    ...(heading === null ? [] : [wrap(heading, width).join("\n")]),
    ...headlines.map((headline, i) => entry(headline, number(start + i), view)),
  ]);
  return [
    ...(also.length > 0 ? [underlined(view.words.alsoToday, "-"), ...summaries] : []),
    ...(briefs.length > 0 ? [underlined(view.more, "-"), ...briefs] : []),
    ...(view.rest === "" ? [] : [labelled(view.rest, view.editionUrl)]),
  ];
}

function entry(headline: HeadlineView, number: string, view: DigestView, summary = ""): string {
  const indent = " ".repeat(number.length);
  const inside = (text: string) => wrap(text, width - number.length);
  const [first = "", ...more] = inside(headline.title);
  const url = headline.url === null ? [] : [headline.url];
  const below = [...more, ...inside(summary), ...linesOf(headline.meta, view, width - number.length), ...url];
  return [number + first, ...below.map((line) => indent + line)].join("\n");
}

function footer(view: DigestView): string {
  const { worth, words } = view;
  const answers = worth === null ? [] : (["yes", "no"] as const).map((one) => labelled(words.worth[one], worth[one]));
  const blocks = [
    ...(worth === null ? [] : [wrap(words.worth.title, width).join("\n"), ...answers]),
    wrap(view.reason, width).join("\n"),
    labelled(view.words.unsubscribe, view.unsubscribe),
    labelled(view.words.preferences, view.preferences),
    labelled(view.words.archive, view.archiveUrl),
    labelled(view.words.browser, view.editionUrl),
    labelled(view.words.forwarded, view.subscribeUrl),
    wrap(plain(view.replies, view), width).join("\n"),
    wrap(view.postalAddress, width).join("\n"),
  ];
  return `${"-".repeat(width)}\n\n${blocks.join("\n\n")}`;
}

/** An address's purpose, and the address on its own line. */
const labelled = (label: string, url: string): string => `${wrap(`${label}:`, width).join("\n")}\n${url}`;

/** A wrapped sentence; an address in it is on its own line below. */
function linesOf(pieces: readonly ViewPiece[], view: DigestView, wide: number): string[] {
  const at = pieces.findIndex(({ href }) => href !== undefined);
  const link = pieces[at];
  if (link?.href === undefined) return wrap(plain(pieces, view), wide);
  const rest = pieces.slice(at + 1);
  const after = rest[0] === apart ? rest.slice(1) : rest;
  return [...wrap(plain(pieces.slice(0, at + 1), view), wide), link.href, ...linesOf(after, view, wide)];
}

/** A name can only change a line's direction next to right-to-left text. */
const plain = (pieces: readonly ViewPiece[], view: DigestView): string =>
  pieces
    .map((piece) => (piece.isolated && view.dir === "rtl" ? isolated(piece.text) : piece.text))
    .join("")
    .replaceAll("\u00a0·\u00a0", " · ");
