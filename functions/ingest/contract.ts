import * as z from "zod";
import { PageFacts } from "#domain/article/page-facts.ts";
import { OriginList } from "#domain/config/origins.ts";
import { outcomeOf } from "#domain/outcome.ts";
import { SourceReport } from "#domain/source/source-report.ts";

/** ingest polls the sources that are due, or the given ones, and stores their articles. */
export const name = "ingest";

/** Run by its schedule every five minutes, and invoked by command. */
export const trigger = { every: "5 minutes" } as const;

/** Seconds. A poll of a thousand sources takes about one minute; the rest is for slow ones. */
export const timeout = 240;

/** Megabytes. */
export const memory = 1024;

/**
 * The processes that read feeds take up to half of the memory, so V8 collects this one's garbage before it has taken the
 * other half.
 */
export const nodeOptions = ["--max-semi-space-size=4", "--max-old-space-size=384"] as const;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  /** Further origins, comma-separated, that the fetch guard allows, such as http://127.0.0.1:8080. */
  ALLOW_ORIGINS: OriginList,
  /** SES's configuration set for mails to editors; without it, they get no mail about broken sources. */
  CONFIGURATION_SET: z.string().default(""),
});

/**
 * Without `sources`, polls those that are due; with it, these now, due or not. `all` polls every source now. `check`
 * fetches and reads an address that isn't a source yet, stores nothing, and returns one report. `page` fetches a web
 * page, stores nothing, and returns its metadata.
 */
export const IngestRequest = z.object({
  check: z.string().optional(),
  page: z.string().optional(),
  sources: z.array(z.string()).optional(),
  all: z.boolean().default(false),
});
export type IngestRequest = z.infer<typeof IngestRequest>;

export const IngestResponse = z.object({ reports: z.array(SourceReport), page: outcomeOf(PageFacts).optional() });
export type IngestResponse = z.infer<typeof IngestResponse>;
