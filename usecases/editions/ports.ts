import type { Config } from "#domain/config.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { ArticleStore, SourceStore } from "../ports/articles.ts";
import type { EditionStore } from "../ports/editions.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Dispatch, Notify } from "../ports/services.ts";
import type { CheckEdition, CheckPorts } from "./check/check.ts";
import type { PicturePorts } from "./making/picture.ts";
import type { OutlookPorts } from "./next-of-edition.ts";

/** Ports for making editions. */
export type MakingPorts = PicturePorts & {
  config: Config;
  /** The public base URL, which emails link to. */
  siteUrl: string;
  now: () => Instant;
  editions: Omit<EditionStore, "addCounts" | "approved" | "removeApproved">;
  articles: Pick<ArticleStore, "seenBetween" | "places" | "read" | "texts">;
  sources: Pick<SourceStore, "list">;
};

export type Ports = MakingPorts &
  Pick<CheckPorts, "htmlReader"> & {
    check: CheckEdition;
    notifyEditors: Notify;
    /** Starts the delivery of an approved edition; repeating it is harmless. */
    dispatch: Dispatch;
  };

/** Also for the workbench: when the edition goes out. */
export type WorkbenchPorts = Ports & OutlookPorts & { ledger: Pick<Ledger, "sender"> };
