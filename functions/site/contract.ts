import * as z from "zod";

/** site is what readers see on the web: editions, subscribing, leaving, and what is stored about them. */
export const name = "site";

/** An HTTP API with payload format 2.0, at the public base URL. */
export const trigger = { http: "2.0" } as const;

/** Seconds: less than the 30 after which the HTTP API gives up. */
export const timeout = 25;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  KEYS_SECRET: z.string(),
  /** Where readers' requests wait to be answered by mail. */
  REQUESTS_QUEUE_URL: z.url(),
  /** Where our own copies of leads' pictures are served; absent: by the website itself. */
  PICTURES_URL: z.url().optional(),
  /** What the distribution in front sends as x-origin-secret; absent: there is none, and no header is trusted. */
  ORIGIN_SECRET: z.string().min(16).optional(),
});

/** Paths that emails link to. They never change: mails of years ago use them. */
export const paths = {
  edition: (newsletter: string, date: string) => `/${newsletter}/${date}`,
  archive: (newsletter: string) => `/${newsletter}`,
  /** Without its ending, .xml or .json. */
  feed: (newsletter: string) => `/${newsletter}/feed`,
  sitemap: (newsletter: string) => `/${newsletter}/sitemap.xml`,
  search: (newsletter: string) => `/${newsletter}/search`,
  /** GET shows the form; POST takes it. */
  subscribe: (newsletter: string) => `/${newsletter}/subscribe`,
  /** What follows the form. */
  requested: (newsletter: string) => `/${newsletter}/subscribed`,
  /** The same for programs, in JSON. */
  subscribers: (newsletter: string) => `/api/${newsletter}/subscribers`,
  description: "/api/openapi.json",
  /** GET shows the page with one button; POST subscribes. */
  confirm: (token: string) => `/confirm/${token}`,
  /** GET shows the page with one button; POST leaves. */
  unsubscribe: (token: string) => `/unsubscribe/${token}`,
  /** Asks for a link to subscribe again, or to what is stored. */
  again: (token: string) => `/unsubscribe/${token}/again`,
  dataLink: (token: string) => `/unsubscribe/${token}/data`,
  /** Says how to leave: where the link of an email that has no reader leads, such as a preview. */
  aboutUnsubscribing: "/unsubscribe",
  /** RFC 8058: POST only. */
  oneClick: (token: string) => `/one-click/${token}`,
  /** POST only: takes an unsubscription back. */
  undo: (token: string) => `/undo/${token}`,
  /** What is stored about a reader. */
  data: (token: string) => `/manage/${token}`,
  dataFile: (token: string) => `/manage/${token}/data.json`,
  erase: (token: string) => `/manage/${token}/erase`,
} as const;
