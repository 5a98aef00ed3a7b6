/** Paths that emails link to. They never change: mails of years ago use them. */
export const sitePaths = {
  edition: (newsletter: string, date: string) => `/${newsletter}/${date}`,
  archive: (newsletter: string) => `/${newsletter}`,
  /** Without its ending, .xml or .json. */
  feed: (newsletter: string) => `/${newsletter}/feed`,
  /** What a network shows of a link to an edition without a picture. */
  sharePicture: (newsletter: string) => `/${newsletter}/share.png`,
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
  /** What the reader chose: GET shows it; POST saves it. Every email links to it. */
  preferences: (token: string) => `/unsubscribe/${token}/preferences`,
  /** Was an edition worth reading? GET shows two buttons; POST counts. */
  worth: (token: string, date: string, answer: string) => `/unsubscribe/${token}/worth/${date}/${answer}`,
  sampleWorth: "/unsubscribe/worth/:date/:answer",
  samplePreferences: "/unsubscribe/preferences",
  /** POST only: asks the new address. */
  address: (token: string) => `/unsubscribe/${token}/address`,
  /** What the mail to a new address links to: GET shows a page with one button; POST moves. */
  move: (token: string) => `/move/${token}`,
  /** Says how to leave: where the link of an email that has no reader leads, such as a preview. */
  aboutUnsubscribing: "/unsubscribe",
  /** RFC 8058: POST only. */
  oneClick: (token: string) => `/one-click/${token}`,
  /** POST only: takes an unsubscription back. */
  undo: (token: string) => `/undo/${token}`,
  /** POST only: fewer emails, from the page that follows an unsubscription. */
  fewer: (token: string) => `/undo/${token}/fewer`,
  /** What is stored about a reader. */
  data: (token: string) => `/manage/${token}`,
  dataFile: (token: string) => `/manage/${token}/data.json`,
  erase: (token: string) => `/manage/${token}/erase`,
} as const;

/** The push API's paths. */
export const pushPaths = { articles: "/articles", description: "/openapi.json" } as const;
