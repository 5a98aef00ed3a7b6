import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import type { Envelope } from "../../delivery/calls/headers.ts";
import type { EditionContent, RenderedEmail } from "../edition.ts";

/** What of an email's HTML the checks look at. Entities are decoded, white space is collapsed; tags are in lower case. */
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
  /** The role of each table, those for Outlook included; null where it has none. */
  tables: readonly (string | null)[];
  /** How often each element occurs. */
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
  /** What a reader sees, in order, pictures by their texts. */
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
  /** What a reader sees before it, in characters. */
  after: number;
};

/** A stretch of visible text as its inline styles alone show it. */
export type Run = {
  text: string;
  /** The nearest element that is a block: p, li, h1, td … */
  block: string;
  color: string | null;
  /** Of itself or what is around it, inside the body's children. */
  background: string | null;
  /** Pixels. */
  size: number | null;
};

/** What an editor wrote by hand, who is asked to finish it; the rest is the sources'. `all`: every story. */
export type Written = { subject: boolean; preheader: boolean; stories: ReadonlySet<string>; all: boolean };

/** Everything that is known of an edition before it is sent. */
export type Facts = {
  content: EditionContent;
  /** The very bytes that are given to SES, with its placeholders in them. */
  email: RenderedEmail;
  /** The same for the reader with the longest values there can be. */
  filled: RenderedEmail;
  html: HtmlFacts;
  /** Names of the placeholders that every reader has a value for. */
  placeholders: readonly string[];
  envelope: Envelope;
  about: Pick<NewsletterConfig, "title" | "language" | "postalAddress">;
  direction: "ltr" | "rtl";
  /** The edition's date as the email writes it. */
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
  /** False where the settings or the template have changed since the email was made. */
  isCurrent: boolean;
  written: Written;
  /** Subjects of the last editions that readers got. */
  earlier: readonly { date: string; subject: string }[];
  /** How many recipients SES's quota allows now, and how many the last edition went to; null where it is not known. */
  account: { room: number; readers: number } | null;
};

/** An edition from a text without links: points about links and a news subject do not hold for it. */
export const isLinkless = ({ lead, headlines }: EditionContent): boolean =>
  lead.url === null && headlines.every(({ url }) => url === null);

/** Letters and digits alone: what stays the same whatever cleaning, marks of direction and entities do to a text. */
export const letters = (text: string): string => text.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "");

export const length = (text: string): number => [...text].length;
