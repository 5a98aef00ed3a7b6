import { readyTheme, type Theme } from "#domain/theme/theme.ts";
import { columns } from "./wrap.ts";

/** A theme as the templates print it: values only, so that one compiled template serves every theme. */
export type Tokens = Pick<Theme, "light" | "dark" | "type"> & {
  /** What Outlook for Windows takes: of a list of fonts it reads the first, and falls back to Times New Roman. */
  outlook: { news: string; notes: string };
  /** Pixels. */
  space: { entry: number; paragraph: number };
  nameplate: { size: number; line: number };
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

/** A nameplate fills its line: the longer the name, the smaller its letters. */
function nameplateOf(title: string): Tokens["nameplate"] {
  const wide = columns(title);
  if (wide <= 22) return { size: 44, line: 50 };
  return wide <= 34 ? { size: 36, line: 42 } : { size: 28, line: 34 };
}
