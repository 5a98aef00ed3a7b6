import * as z from "zod";

/** site is what readers see on the web: editions, and leaving. */
export const name = "site";

/** An HTTP API with payload format 2.0, at the public base URL. */
export const trigger = { http: "2.0" } as const;

/** Seconds: less than the 30 after which the HTTP API gives up. */
export const timeout = 25;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  KEYS_SECRET: z.string(),
  /** What the distribution in front sends as x-origin-secret; absent: there is none, and no header is trusted. */
  ORIGIN_SECRET: z.string().min(16).optional(),
});

/** Paths that emails link to. They never change: mails of years ago use them. */
export const paths = {
  edition: (newsletter: string, date: string) => `/${newsletter}/${date}`,
  archive: (newsletter: string) => `/${newsletter}`,
  /** GET shows the page with one button; POST leaves. */
  unsubscribe: (token: string) => `/unsubscribe/${token}`,
  /** Says how to leave: where the link of an email that has no reader leads, such as a preview. */
  aboutUnsubscribing: "/unsubscribe",
  /** RFC 8058: POST only. */
  oneClick: (token: string) => `/one-click/${token}`,
} as const;
