import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidConfig } from "#domain/config/invalid-config.ts";
import { defineConfig } from "#domain/config.ts";
import { contrast, inverted, luminance } from "#domain/theme/colour.ts";
import { type Palette, readyTheme, themeNames } from "#domain/theme/theme.ts";
import { ThemeConfig } from "#domain/theme/theme-config.ts";

const newsletter = {
  title: "Daily",
  from: { name: "Daily", address: "editor@example.org" },
  postalAddress: "1 Example Street",
};
type ThemeInput = Parameters<typeof defineConfig>[0]["newsletters"][string]["theme"];

const faultsOf = (theme: ThemeInput): string => {
  try {
    defineConfig({ newsletters: { daily: { ...newsletter, theme } } });
  } catch (error) {
    if (error instanceof InvalidConfig) return error.message;
    throw error;
  }
  return "";
};
const themeOf = (theme: ThemeInput) => {
  const daily = defineConfig({ newsletters: { daily: { ...newsletter, theme } } }).newsletters.daily;
  if (daily === undefined) throw new Error("the newsletter is gone");
  return daily.theme;
};

const pairs = [
  ["ink", "paper"],
  ["text", "paper"],
  ["quiet", "paper"],
  ["accent", "paper"],
  ["quiet", "desk"],
] as const;

describe("contrast", () => {
  test.each([
    ["#000000", "#ffffff", 21],
    ["#ffffff", "#000000", 21],
    ["#777777", "#ffffff", 4.48],
    ["#0000ff", "#ffffff", 8.59],
    ["#123456", "#123456", 1],
  ])("of %s and %s is %f to 1", (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
  });

  test.each([
    ["#000000", "#ffffff"],
    ["#ffffff", "#000000"],
    ["#808080", "#7f7f7f"],
  ])("turned round, %s is %s", (colour, turned) => {
    expect(inverted(colour)).toBe(turned);
  });

  test("an inverted colour keeps its hue: red stays red", () => {
    expect(inverted("#9a1b1e")).toMatch(/^#ff[89ab]/);
  });
});

describe("ready themes", () => {
  test.each(themeNames)("%s passes its own check, and is what the config gives for its name", (base) => {
    expect(themeOf({ base })).toEqual(readyTheme(base));
  });

  test("without a setting the theme is broadsheet", () => {
    expect(themeOf(undefined)).toEqual(readyTheme("broadsheet"));
  });

  test("a complete theme is accepted unchanged", () => {
    const theme = themeOf({ base: "gazette", light: { accent: "#5a0f2b" }, spacing: "wide" });
    expect(ThemeConfig.parse(theme)).toEqual(theme);
    expect(theme).toMatchObject({ light: { accent: "#5a0f2b", paper: readyTheme("gazette").light.paper } });
  });
});

describe("a theme that would be hard to read", () => {
  test.each<[string, ThemeInput, RegExp]>([
    [
      "names token, pair and ratio",
      { light: { accent: "#cc3333" } },
      /daily\.theme\.light\.accent: accent #cc3333 on paper #fdfaf4 has a contrast of 4\.9 to 1, and needs 7: make one of them darker/,
    ],
    ["in the dark too", { dark: { quiet: "#6f6a60" } }, /theme\.dark\.quiet: quiet #6f6a60 on paper .* lighter or/],
    ["in the foot", { light: { desk: "#c0b8a8" } }, /theme\.light\.quiet: quiet .* on desk #c0b8a8 has/],
    [
      "B24: is not white on a dark bar",
      { light: { ...readyTheme("broadsheet").dark } },
      /theme\.light\.paper: .* is a dark ground/,
    ],
    [
      "B25: does not glare in the dark",
      { dark: { paper: "#000000" } },
      /theme\.dark\.paper: #000000 glares in the dark/,
    ],
    [
      "stays visible if a client inverts colours",
      {
        light: {
          paper: "#00e611",
          desk: "#00e611",
          quiet: "#333333",
          accent: "#3e3338",
          line: "#4a4a4a",
          underline: "#4a4a4a",
        },
      },
      /theme\.light\.accent: .* is left with \d\.\d to 1 where a mail client inverts colours/,
    ],
    [
      "lines differ from the background",
      { light: { line: "#dbd3c4" } },
      /theme\.light\.line: line #dbd3c4 on paper .* needs 3/,
    ],
    [
      "lines are seen where a client darkens the paper alone",
      { light: { line: "#1b1916" } },
      /theme\.light\.line: line #1b1916 is left with 1\.0 to 1 where a mail client darkens/,
    ],
  ])("%s", (_, theme, message) => {
    expect(faultsOf(theme)).toMatch(message);
  });

  test("B23: is refused as a whole: a theme that passes has 7 in light and dark, and 4.5 inverted", () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`);
    const some = fc.record({ paper: colour, accent: colour, quiet: colour, line: colour }, { requiredKeys: [] });
    fc.assert(
      fc.property(some, some, (light, dark) => {
        const parsed = ThemeConfig.safeParse({ light, dark });
        if (!parsed.success) return;
        const theme = parsed.data;
        for (const [text, ground] of pairs) {
          const ratio = (palette: Palette) => contrast(palette[text], palette[ground]);
          expect(Math.min(ratio(theme.light), ratio(theme.dark))).toBeGreaterThanOrEqual(7);
          expect(contrast(inverted(theme.light[text]), inverted(theme.light[ground]))).toBeGreaterThanOrEqual(4.5);
        }
        for (const { line, paper } of [theme.light, theme.dark])
          expect(contrast(line, paper)).toBeGreaterThanOrEqual(3);
        expect(contrast(inverted(theme.light.line), inverted(theme.light.paper))).toBeGreaterThanOrEqual(3);
        expect(luminance(theme.light.paper)).toBeGreaterThanOrEqual(0.5);
      }),
    );
  });
});

describe("a theme that is written wrongly", () => {
  test.each<[string, ThemeInput, RegExp]>([
    ["a short colour", { light: { ink: "#000" } }, /theme\.light\.ink: a colour is # and six lower-case/],
    ["a colour by name", { light: { ink: "black" } }, /theme\.light\.ink/],
    [
      "fonts without a generic one",
      { type: { news: "Georgia, Times New Roman" } },
      /theme\.type\.news: must end in serif/,
    ],
    ["fonts in quotes", { type: { news: '"Times New Roman", serif' } }, /theme\.type\.news: font names separated by/],
    ["fonts that end the attribute", { type: { notes: "x;}</style>, serif" } }, /theme\.type\.notes/],
    [
      "a logo by http",
      { logo: { url: "http://a.example/l.png", width: 300, height: 60 } },
      /theme\.logo\.url: not an https address/,
    ],
    [
      "a logo wider than the paper",
      { logo: { url: "https://a.example/l.png", width: 900, height: 60 } },
      /logo\.width/,
    ],
  ])("%s", (_, theme, message) => {
    expect(faultsOf(theme)).toMatch(message);
  });

  test("an unknown token or theme is named", () => {
    expect(ThemeConfig.safeParse({ light: { colour: "#123456" } }).error?.issues[0]).toMatchObject({
      keys: ["colour"],
    });
    expect(ThemeConfig.safeParse({ base: "tabloid" }).error?.issues[0]?.message).toMatch(/broadsheet.*gazette/);
  });
});
