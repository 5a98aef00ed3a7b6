import type { Article } from "#domain/article/article.ts";
import type { Config } from "#domain/config.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import type { Counts, Edition, EditionKey, EditionState, Revision } from "#domain/edition/edition.ts";
import type { HtmlFacts } from "#domain/edition/preflight/facts.ts";
import type { Check } from "#domain/edition/preflight/finding.ts";
import type { Outcome } from "#domain/outcome.ts";
import type { Source } from "#domain/source/source.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import type { DispatchResponse } from "#functions/dispatch/contract.ts";
import type { PicturePorts } from "./making/picture.ts";

export type Editions = {
  get(key: EditionKey): Promise<Edition | undefined>;
  /** False: one for that date exists. */
  create(edition: Edition): Promise<boolean>;
  /** False: the edition is not as `only` says. */
  update(
    key: EditionKey,
    change: Partial<Edition>,
    only: { state?: readonly EditionState[]; rev?: number },
  ): Promise<boolean>;
  /** Newest first. */
  list(newsletter: string, limit: number): Promise<Edition[]>;
  /** False: that revision exists. */
  putRevision(key: EditionKey, revision: Revision): Promise<boolean>;
  revision(key: EditionKey, rev: number): Promise<Revision | undefined>;
  /** False: that number is taken. */
  appendDecision(key: EditionKey, n: number, decision: Decision): Promise<boolean>;
  decisions(key: EditionKey): Promise<Decision[]>;
  counts(key: EditionKey): Promise<Counts>;
};

/** Articles first seen after `from`, and up to and at `to`. */
export type Articles = { seenBetween(from: Instant, to: Instant): Promise<Article[]> };
type Place = { seenAt: Instant; id: string };
/** Articles by the names they are known by, whenever they were seen. */
export type Library = {
  places(hashes: readonly string[]): Promise<Map<string, Place>>;
  read(places: readonly Place[]): Promise<Map<string, Article>>;
};
/** The sources in use; a removed one is not among them. */
export type Sources = { list(): Promise<Source[]> };

/** A mail to the people who edit a newsletter. */
export type Notice = { newsletter: string; subject: string; text: string };

/** What editions are made with. */
export type MakingPorts = PicturePorts & {
  config: Config;
  /** The public base URL, which emails link to. */
  siteUrl: string;
  now: () => Instant;
  editions: Editions;
  articles: Articles & Library;
  sources: Sources;
};

export type Ports = MakingPorts & {
  /** What an email's HTML says to those who check it. */
  readHtml: (html: string) => HtmlFacts;
  /** Checks an edition as it stands. */
  check: (asked: {
    newsletter: string;
    date?: LocalDate | undefined;
    links: boolean;
    message?: string | undefined;
  }) => Promise<Outcome<Check>>;
  /** Mails a newsletter's editors. */
  tell: (notice: Notice) => Promise<void>;
  /** Starts the delivery of an approved edition; again is harmless. */
  dispatch: (key: EditionKey) => Promise<DispatchResponse>;
};
