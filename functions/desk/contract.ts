import * as z from "zod";
import type { Role } from "#domain/desk/role.ts";

/** desk is where editors make and send editions. */
export const name = "desk";

export { roles } from "#domain/desk/role.ts";

/** Descriptions of the roles, for people who assign them. */
export const about: Readonly<Record<Role, string>> = {
  viewer: "Sees editions, their results, and the log",
  editor: "Edits and tests editions, and manages sources",
  approver: "Also approves, schedules, sends, stops and corrects editions, and adds notes",
  operator: "Also resolves unknown deliveries",
};

/** The desk's path at the website's address. */
export const base = "/desk";

export const paths = {
  home: base,
  /** Names of newsletters can't begin like this, because these pages are next to theirs. */
  sources: `${base}/-/sources`,
  log: `${base}/-/log`,
  /** Sends the browser to the identity provider; `?to=` is the desk's page to open afterwards. */
  signIn: `${base}/sign-in`,
  /** The callback address, which is registered with the provider and never changes. */
  callback: `${base}/callback`,
  signOut: `${base}/sign-out`,
  signedOut: `${base}/signed-out`,
} as const;

/** Routes of the website's HTTP API, payload format 2.0. */
export const trigger = {
  http: "2.0",
  // The second route is needed because the website's routes for two path segments would match better.
  routes: [base, `${base}/{page}`, `${base}/{page}/{proxy+}`],
} as const;

export const limits = {
  /** Requests without a session that one client address may send to one function instance. A limit shared by all
   * clients would let a stranger lock editors out. */
  strangers: { rate: 1, burst: 60 },
} as const;

/** Seconds: less than the HTTP API's limit of 30. */
export const timeout = 28;

/** Megabytes: for pages of a workbench with hundreds of stories. */
export const memory = 1024;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  KEYS_SECRET: z.string(),
  /** The value that CloudFront sends as x-origin-secret; absent: there is no distribution, and no header is trusted. */
  ORIGIN_SECRET: z.string().min(16).optional(),
  COMMAND_FUNCTION: z.string(),
  OIDC_ISSUER: z.url(),
  OIDC_CLIENT_ID: z.string(),
  /** The secret that holds the client secret; empty: none. */
  OIDC_CLIENT_SECRET: z.string(),
  /** Scopes, separated by spaces. */
  OIDC_SCOPES: z.string(),
  OIDC_GROUPS_CLAIM: z.string(),
  /** The page to add a passkey; absent: the provider handles this itself. */
  PASSKEYS_URL: z.url().optional(),
});
