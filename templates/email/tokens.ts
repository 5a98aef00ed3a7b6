import { readyTheme, type Theme } from "#domain/theme/theme.ts";
import { columns } from "../text/wrap.ts";

/** A theme as the templates print it: values only, so one compiled template serves every theme. */
export type Tokens = Pick<Theme, "light" | "dark" | "type"> & {
  /** What Outlook for Windows takes: of a list of fonts it reads the first, and falls back to Times New Roman. */
  outlook: { news: string; notes: string };
  /** Pixels. */
  space: { entry: number; paragraph: number };
  /** `isLarge`: smaller on a phone. */
  nameplate: { size: number; line: number; isLarge: boolean };
  logo: { url: string; width: number; height: number } | null;
};

const spaces: Readonly<Record<Theme["spacing"], Tokens["space"]>> = {
  close: { entry: 10, paragraph: 14 },
  regular: { entry: 14, paragraph: 18 },
  wide: { entry: 18, paragraph: 24 },
};

/** The tokens of a newsletter of that name. */
export function tokensOf(title: string, theme: Theme = readyTheme("broadsheet")): Tokens {
  const { light, dark, type, spacing, logo } = theme;
  return {
    light,
    dark,
    type: { news: tight(type.news), notes: tight(type.notes) },
    outlook: { news: safeFont(type.news), notes: safeFont(type.notes) },
    space: spaces[spacing],
    nameplate: nameplateOf(title),
    logo: logo ?? null,
  };
}

const tight = (stack: string): string => stack.replaceAll(", ", ",");

const safeFont = (stack: string): string => (/sans-serif$/.test(stack) ? "Arial,sans-serif" : "Georgia,serif");

/** Pixels of a line at 320 where a client drops the media queries: no word of the name may be wider. */
const NARROWEST = 320 - 2 * 36;
/** Letters of a name that is set as large on a phone as elsewhere, in pixels. */
const PHONE_NAME = 34;

/** A nameplate fills its line: the longer the name, or its longest word, the smaller its letters. */
function nameplateOf(title: string): Tokens["nameplate"] {
  const long = columns(title);
  const most = long <= 22 ? 44 : long <= 34 ? 36 : 28;
  const widest = Math.max(...title.split(/[\s-]+/).map(ems));
  const size = Math.max(16, Math.min(most, Math.floor(NARROWEST / widest)));
  return { size, line: size + 6, isLarge: size > PHONE_NAME };
}

/** How wide a word is in bold letters, in its font size: a little more than Georgia's, the widest of the ready themes. */
const ems = (word: string): number => Array.from(word).reduce((sum, letter) => sum + emOf(letter), 0);

function emOf(letter: string): number {
  if (/[ijlftrI.,’']/.test(letter)) return 0.45;
  if (/[mwMW]/.test(letter)) return 1.02;
  return /\p{Ll}/u.test(letter) ? 0.63 : columns(letter) > 1 ? 1.05 : 0.8;
}

/** Columns of a headline up to which it has this size. Sources have headlines of 300 letters, too. */
const headingSizes = [
  { most: 100, size: 37, line: 43, class: "ha" },
  { most: 170, size: 30, line: 36, class: "hb" },
  { most: Number.POSITIVE_INFINITY, size: 24, line: 30, class: "" },
];

/** Columns above which a headline with a summary is set smaller. */
const LONG_SUMMARISED = 110;

/** How large a headline with a summary is set; its class makes it smaller on a phone. */
export const summarisedSize = (headline: string): { size: number; line: number; class: string } =>
  columns(headline) > LONG_SUMMARISED ? { size: 18, line: 24, class: "h" } : { size: 22, line: 28, class: "h r" };

/** How large the lead's headline is set, and the class that makes it smaller on a phone; empty where it need not be. */
export function headingSize(headline: string): { size: number; line: number; class: string } {
  const long = columns(headline);
  const {
    size,
    line,
    class: name,
  } = headingSizes.find(({ most }) => long <= most) ?? { size: 24, line: 30, class: "" };
  return { size, line, class: name };
}
