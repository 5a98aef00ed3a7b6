/** Paths that emails link to. They never change, because old emails use them. */
export const sitePaths = {
  edition: (newsletter: string, date: string) => `/${newsletter}/${date}`,
  archive: (newsletter: string) => `/${newsletter}`,
  /** Without .xml or .json. */
  feed: (newsletter: string) => `/${newsletter}/feed`,
  /** The share picture of an edition without its own picture. */
  sharePicture: (newsletter: string) => `/${newsletter}/share.png`,
  sitemap: (newsletter: string) => `/${newsletter}/sitemap.xml`,
  search: (newsletter: string) => `/${newsletter}/search`,
  /** GET shows the form; POST takes it. */
  subscribe: (newsletter: string) => `/${newsletter}/subscribe`,
  /** The page after the form. */
  requested: (newsletter: string) => `/${newsletter}/subscribed`,
  /** The same for programs, in JSON. */
  subscribers: (newsletter: string) => `/api/${newsletter}/subscribers`,
  description: "/api/openapi.json",
  /** GET shows the page with one button; POST subscribes. */
  confirm: (token: string) => `/confirm/${token}`,
  /** GET shows the page with one button; POST unsubscribes. */
  unsubscribe: (token: string) => `/unsubscribe/${token}`,
  /** Requests a link to subscribe again, or to the stored data. */
  again: (token: string) => `/unsubscribe/${token}/again`,
  dataLink: (token: string) => `/unsubscribe/${token}/data`,
  /** Preferences: GET shows them; POST saves them. Every email links here. */
  preferences: (token: string) => `/unsubscribe/${token}/preferences`,
  /** Feedback on an edition: GET shows two buttons; POST counts. */
  worth: (token: string, date: string, answer: string) => `/unsubscribe/${token}/worth/${date}/${answer}`,
  sampleWorth: "/unsubscribe/worth/:date/:answer",
  samplePreferences: "/unsubscribe/preferences",
  /** POST only: requests a change of address. */
  address: (token: string) => `/unsubscribe/${token}/address`,
  /** The link in the mail to a new address: GET shows a page with one button; POST moves the subscriptions. */
  move: (token: string) => `/move/${token}`,
  /** Explains unsubscribing, for the link of an email without a reader, such as a preview. */
  aboutUnsubscribing: "/unsubscribe",
  /** RFC 8058: POST only. */
  oneClick: (token: string) => `/one-click/${token}`,
  /** POST only: undoes an unsubscription. */
  undo: (token: string) => `/undo/${token}`,
  /** POST only: fewer emails, from the page after unsubscribing. */
  fewer: (token: string) => `/undo/${token}/fewer`,
  /** A reader's stored data. */
  data: (token: string) => `/manage/${token}`,
  dataFile: (token: string) => `/manage/${token}/data.json`,
  erase: (token: string) => `/manage/${token}/erase`,
} as const;

/** The page, or the beginning of the pages, whose address has a token or that depend on the reader. */
export const personalPaths: readonly string[] = [
  sitePaths.aboutUnsubscribing,
  sitePaths.unsubscribe(""),
  sitePaths.oneClick(""),
  sitePaths.confirm(""),
  sitePaths.undo(""),
  sitePaths.move(""),
  sitePaths.data(""),
];

/** The push API's paths. */
export const pushPaths = { articles: "/articles", description: "/openapi.json" } as const;

/** A path of the website as an address, whether or not the site's own ends with a slash. */
export const siteAddress = (siteUrl: string, path: string): string => withoutSlash(siteUrl) + path;

export const withoutSlash = (url: string): string => url.replace(/\/{1,9}$/, "");
