/** Colours, `#rrggbb` each. */
export type Palette = {
  /** The background around and below the paper, and of the footer. */
  desk: string;
  /** The background of the news. */
  paper: string;
  /** Name and headlines. */
  ink: string;
  /** Paragraphs. */
  text: string;
  /** Date, sources, captions, the foot, and the thick rules. */
  quiet: string;
  /** The kicker, numbers, and the link to the full story. */
  accent: string;
  /** Hairlines between entries: a mid-tone that is visible on light paper and on a mail client's dark background. */
  line: string;
  /** Underlines of headlines: also a mid-tone. */
  underline: string;
};

/** The look of emails and pages. Templates contain none of these values. */
export type Theme = {
  /** The ready theme it is based on. */
  base: ThemeName;
  light: Palette;
  dark: Palette;
  /** CSS font names without quotes, the last one generic. */
  type: {
    /** Headlines and paragraphs. */
    news: string;
    /** Date, sources, captions, the footer. */
    notes: string;
  };
  /** Space between entries and paragraphs. */
  spacing: "close" | "regular" | "wide";
  /** Replaces the newsletter's name in the masthead; the name is its alt text. Sizes in CSS pixels. */
  logo?: { url: string; width: number; height: number } | undefined;
};

type Ready = Pick<Theme, "light" | "dark" | "type">;

export const themeNames = ["broadsheet", "gazette", "bulletin"] as const;
type ThemeName = (typeof themeNames)[number];

const ready: Readonly<Record<ThemeName, Ready>> = {
  /** Newsprint, ink and one red. */
  broadsheet: {
    light: {
      desk: "#eee8dc",
      paper: "#fdfaf4",
      ink: "#1b1916",
      text: "#26231e",
      quiet: "#4f4941",
      accent: "#9a1b1e",
      line: "#938b7e",
      underline: "#938b7e",
    },
    dark: {
      desk: "#12110f",
      paper: "#1b1a17",
      ink: "#f3efe6",
      text: "#e6e2d9",
      quiet: "#b9b3a7",
      accent: "#f2a397",
      line: "#6f6a60",
      underline: "#6f6a60",
    },
    type: { news: "Georgia, Times New Roman, serif", notes: "Helvetica, Arial, sans-serif" },
  },
  /** Rose paper and claret, with a book face. */
  gazette: {
    light: {
      desk: "#f4e2d6",
      paper: "#fdf1e9",
      ink: "#2a161d",
      text: "#35242a",
      quiet: "#59454b",
      accent: "#83193f",
      line: "#9a8780",
      underline: "#9a8780",
    },
    dark: {
      desk: "#161113",
      paper: "#20191c",
      ink: "#f6e9e2",
      text: "#eaddd6",
      quiet: "#c3b0aa",
      accent: "#f3a3b8",
      line: "#7b676b",
      underline: "#7b676b",
    },
    type: {
      news: "Palatino Linotype, Palatino, Book Antiqua, Georgia, serif",
      notes: "Gill Sans, Helvetica, Arial, sans-serif",
    },
  },
  /** White, slate and blue, all in a sans. */
  bulletin: {
    light: {
      desk: "#e9eef2",
      paper: "#ffffff",
      ink: "#0f1720",
      text: "#1f2933",
      quiet: "#41505d",
      accent: "#0a4a80",
      line: "#84919c",
      underline: "#84919c",
    },
    dark: {
      desk: "#0f1317",
      paper: "#171c21",
      ink: "#eff3f6",
      text: "#dfe5ea",
      quiet: "#abb7c1",
      accent: "#93c6f4",
      line: "#5f6f7d",
      underline: "#5f6f7d",
    },
    type: {
      news: "Helvetica Neue, Helvetica, Arial, sans-serif",
      notes: "Helvetica Neue, Helvetica, Arial, sans-serif",
    },
  },
};

/** A ready theme, without changes from the config. */
export const readyTheme = (base: ThemeName): Theme => ({ base, ...ready[base], spacing: "regular" });
