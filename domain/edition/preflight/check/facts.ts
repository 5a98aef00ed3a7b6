import type { NewsletterConfig } from "../../../config/newsletter-config.ts";
import type { Envelope } from "../../../delivery/calls/headers.ts";
import type { EditionContent, RenderedEmail } from "../../edition.ts";

/**
 * Facts about an email's HTML for the checks. Entities are decoded, white space is collapsed; tags are in lower case.
 */
export type HtmlFacts = {
  language: string | null;
  direction: string | null;
  title: string;
  /** By name. */
  metas: Readonly<Record<string, string>>;
  /** The direct children of the body. */
  top: readonly TopElement[];
  headings: readonly { level: number; text: string }[];
  lists: readonly { items: readonly { text: string; links: readonly string[] }[] }[];
  links: readonly LinkFacts[];
  images: readonly { src: string; alt: string | null; width: string | null; height: string | null }[];
  /** The role of each table, including those for Outlook; null: none. */
  tables: readonly (string | null)[];
  /** Number of occurrences of each element. */
  elements: Readonly<Record<string, number>>;
  /** Names of attributes that hold scripts, such as onclick. */
  handlers: readonly string[];
  sheets: readonly { text: string; inBody: boolean }[];
  /** Each inline style once. */
  styles: readonly string[];
  /** The text of conditional comments for Outlook. */
  outlook: readonly string[];
  runs: readonly Run[];
  /** The first element that is hidden. */
  hidden: { text: string; style: string; ariaHidden: boolean; isFirst: boolean } | null;
  /** The visible text in order, with pictures' alt texts. */
  visible: string;
};

export type TopElement = {
  tag: string;
  language: string | null;
  direction: string | null;
  role: string | null;
  roleDescription: string | null;
  label: string | null;
};

type LinkFacts = {
  href: string;
  text: string;
  underlined: boolean;
  /** Number of visible characters before it. */
  after: number;
};

/** A run of visible text with its inline styles. */
export type Run = {
  text: string;
  /** The nearest block element: p, li, h1, td … */
  block: string;
  color: string | null;
  /** Its own or inherited, inside the body's children. */
  background: string | null;
  /** Pixels. */
  size: number | null;
};

/** Texts written by editors; the rest is the sources'. `all`: every story. */
export type Written = { subject: boolean; preheader: boolean; stories: ReadonlySet<string>; all: boolean };

/** Everything known about an edition before it is sent. */
export type Facts = {
  content: EditionContent;
  /** The exact bytes for SES, with its placeholders. */
  email: RenderedEmail;
  /** The same with the longest possible values of a reader. */
  filled: RenderedEmail;
  html: HtmlFacts;
  /** Names of the placeholders that every reader has a value for. */
  placeholders: readonly string[];
  envelope: Envelope;
  about: Pick<NewsletterConfig, "title" | "language" | "postalAddress">;
  direction: "ltr" | "rtl";
  /** The edition's date in the email's form. */
  date: string;
  urls: {
    site: string;
    edition: string;
    archive: string;
    subscribe: string;
    unsubscribe: string;
    preferences: string;
    oneClick: string;
  };
  /** False: the settings or the template have changed since the email was made. */
  isCurrent: boolean;
  written: Written;
  /** Subjects of the last editions that readers got. */
  earlier: readonly { date: string; subject: string }[];
  /** Recipients that SES's quota allows now, and recipients of the last edition; null: unknown. */
  account: { room: number; readers: number } | null;
};

/** An edition from a text without links, to which rules about links and news subjects don't apply. */
export const isLinkless = ({ lead, headlines }: EditionContent): boolean =>
  lead.url === null && headlines.every(({ url }) => url === null);

/** Only letters and digits, which cleaning, direction marks and entities don't change. */
export const letters = (text: string): string => text.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "");

export const length = (text: string): number => [...text].length;
