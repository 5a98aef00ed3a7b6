import * as z from "zod";
import { contrast, inverted, luminance } from "./colour.ts";
import { type Palette as Colours, readyTheme, type Theme, themeNames } from "./theme.ts";

const Colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/, "a colour is # and six lower-case hexadecimal digits, such as #9a1b1e");

const Palette = z.strictObject({
  desk: Colour,
  paper: Colour,
  ink: Colour,
  text: Colour,
  quiet: Colour,
  accent: Colour,
  line: Colour,
  underline: Colour,
});

/** CSS font names without quotes; the last one is generic, for readers without the others. */
const FontStack = z
  .string()
  .max(120)
  .regex(
    /^-?[A-Za-z][A-Za-z0-9 -]*(, ?-?[A-Za-z][A-Za-z0-9 -]*)*$/,
    "font names separated by commas, without quotes, such as Georgia, Times New Roman, serif",
  )
  .regex(/(^|,) ?(serif|sans-serif|monospace)$/, "must end in serif, sans-serif or monospace");

const Type = z.strictObject({ news: FontStack, notes: FontStack });

const Logo = z.strictObject({
  /** An opaque PNG of at least twice the size, because clients that darken colours don't change pictures. */
  url: z.url({ protocol: /^https$/, error: "not an https address" }),
  /** Its displayed size in CSS pixels. */
  width: z.number().int().min(24).max(528),
  height: z.number().int().min(16).max(160),
});

/**
 * A newsletter's theme in the config: a ready theme with changes. The result is a complete, checked theme, so no choice
 * of colours can make an email hard to read.
 */
export const ThemeConfig = z
  .strictObject({
    /** The ready theme to start from. */
    base: z.enum(themeNames).default("broadsheet"),
    light: Palette.partial().prefault({}),
    dark: Palette.partial().prefault({}),
    type: Type.partial().prefault({}),
    spacing: z.enum(["close", "regular", "wide"]).default("regular"),
    logo: Logo.optional(),
  })
  .transform(({ base, light, dark, type, ...rest }): Theme => {
    const from = readyTheme(base);
    return {
      base,
      light: { ...from.light, ...light },
      dark: { ...from.dark, ...dark },
      type: { ...from.type, ...type },
      ...rest,
    };
  })
  .superRefine((theme, context) => {
    for (const { path, problem } of faultsOf(theme)) context.addIssue({ code: "custom", path, message: problem });
  });

/** WCAG 2.2, 1.4.6, for our own light and dark designs. */
const aim = 7;
/** WCAG 2.2, 1.4.3, for clients that invert the light design's colours. */
const least = 4.5;

/** WCAG 2.2, 1.4.11, for lines between stories, whatever a mail client does to colours. */
const leastLine = 3;

type Pair = { on: keyof Colours; ground: keyof Colours; aim: number; least: number };

const text = { aim, least };
const line = { aim: leastLine, least: leastLine };
const pairs: readonly Pair[] = [
  { on: "ink", ground: "paper", ...text },
  { on: "text", ground: "paper", ...text },
  { on: "quiet", ground: "paper", ...text },
  { on: "accent", ground: "paper", ...text },
  { on: "quiet", ground: "desk", ...text },
  { on: "line", ground: "paper", ...line },
  { on: "underline", ground: "paper", ...line },
];

type Fault = { path: string[]; problem: string };

function faultsOf(theme: Theme): Fault[] {
  const low = (["light", "dark"] as const).flatMap((scheme) =>
    pairs.flatMap((pair) => tooLow(theme[scheme], scheme, pair)),
  );
  return low.length > 0
    ? low
    : [...notLight(theme.light), ...notDark(theme.dark), ...lostInverted(theme.light), ...lostOnDark(theme.light)];
}

function tooLow(palette: Colours, scheme: string, { on, ground, aim }: Pair): Fault[] {
  const ratio = contrast(palette[on], palette[ground]);
  if (ratio >= aim) return [];
  return [
    {
      path: [scheme, on],
      problem: `${on} ${palette[on]} on ${ground} ${palette[ground]} has a contrast of ${rounded(ratio)} to 1, and needs ${aim}: make one of them ${luminance(palette[ground]) > 0.18 ? "darker or the other lighter" : "lighter or the other darker"}`,
    },
  ];
}

/** Truncated, not rounded, so 6.96 isn't shown as 7. */
const rounded = (ratio: number): string => (Math.floor(ratio * 10) / 10).toFixed(1);

const notLight = (light: Colours): Fault[] =>
  (["desk", "paper"] as const)
    .filter((ground) => luminance(light[ground]) < 0.5)
    .map((ground) => ({
      path: ["light", ground],
      problem: `${light[ground]} is a dark ground; mail clients turn it light in the dark. Dark colours belong in dark`,
    }));

const notDark = (dark: Colours): Fault[] =>
  Object.entries(dark)
    .filter(([, colour]) => colour === "#000000" || colour === "#ffffff")
    .map(([token, colour]) => ({
      path: ["dark", token],
      problem: `${colour} glares in the dark; take off-black or off-white, such as #1b1a17 or #e6e2d9`,
    }));

/** Gmail on iOS inverts every colour of an email. */
const lostInverted = (light: Colours): Fault[] =>
  pairs.flatMap(({ on, ground, least }) => {
    const ratio = contrast(inverted(light[on]), inverted(light[ground]));
    return ratio >= least
      ? []
      : [
          {
            path: ["light", on],
            problem: `${on} ${light[on]} on ${ground} ${light[ground]} is left with ${rounded(ratio)} to 1 where a mail client inverts colours, and needs ${least}: choose a less saturated colour`,
          },
        ];
  });

/**
 * Mail clients that replace an email's colours keep the lines' colours; Thunderbird's dark background is the darkest.
 */
const darkCanvas = "#18181b";

const lostOnDark = (light: Colours): Fault[] => {
  const ratio = contrast(light.line, darkCanvas);
  return ratio >= leastLine
    ? []
    : [
        {
          path: ["light", "line"],
          problem: `line ${light.line} is left with ${rounded(ratio)} to 1 where a mail client darkens the paper and keeps the lines, and needs ${leastLine}: choose a middle tone, such as #938b7e`,
        },
      ];
};
