import type { Config } from "#domain/config.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { HtmlFacts } from "#domain/edition/preflight/facts.ts";
import type { Check } from "#domain/edition/preflight/finding.ts";
import type { Outcome } from "#domain/outcome.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import type { DispatchResponse } from "#functions/dispatch/contract.ts";
import type { ArticleStore, EditionStore, Notify, SourceStore } from "../ports.ts";
import type { PicturePorts } from "./making/picture.ts";

/** What editions are made with. */
export type MakingPorts = PicturePorts & {
  config: Config;
  /** The public base URL, which emails link to. */
  siteUrl: string;
  now: () => Instant;
  editions: Omit<EditionStore, "addCounts" | "approved" | "removeApproved">;
  articles: Pick<ArticleStore, "seenBetween" | "places" | "read">;
  sources: Pick<SourceStore, "list">;
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
  tell: Notify;
  /** Starts the delivery of an approved edition; again is harmless. */
  dispatch: (key: EditionKey) => Promise<DispatchResponse>;
};
