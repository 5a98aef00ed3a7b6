import * as z from "zod";
import { PageFacts } from "#domain/article/page-facts.ts";
import { Source } from "#domain/source/source.ts";
import { IngestResponse } from "#functions/ingest/contract.ts";
import { anyway, by, byId } from "./fields.ts";

/** Commands about sources. */
export const sourceCommands = {
  "source add": {
    input: z.object({
      url: z.string(),
      id: z.string().optional(),
      title: z.string().optional(),
      weight: z.number().positive().max(10).optional(),
      /** Adds it even if it can't be fetched or read now. */
      anyway,
      by,
      byId,
    }),
    output: z.object({ source: Source }),
  },
  /** Adds a pushed source. `key` is null if it has one already, because it is shown only once. */
  "source push": {
    input: z.object({
      name: z.string(),
      title: z.string().optional(),
      weight: z.number().positive().max(10).optional(),
      by,
      byId,
    }),
    output: z.object({ source: Source, key: z.string().nullable(), endpoint: z.string() }),
  },
  /** Makes a new key for a pushed source; the old one stops working. */
  "source key": {
    input: z.object({ source: z.string(), by, byId }),
    output: z.object({ source: Source, key: z.string(), endpoint: z.string() }),
  },
  "source list": { input: z.object({}), output: z.object({ sources: z.array(Source) }) },
  "source rename": {
    input: z.object({ source: z.string(), title: z.string(), by, byId }),
    output: z.object({ source: Source }),
  },
  /** Restores a removed source. */
  "source restore": { input: z.object({ source: z.string(), by, byId }), output: z.object({ source: Source }) },
  "source remove": { input: z.object({ source: z.string(), by, byId }), output: z.object({ source: Source }) },
  ingest: { input: z.object({ source: z.string().optional(), by, byId }), output: IngestResponse },
  /** A web page's metadata, fetched now and not stored. */
  page: { input: z.object({ url: z.string().max(4000) }), output: z.object({ page: PageFacts }) },
} as const;
