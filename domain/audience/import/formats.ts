/**
 * Export formats of other newsletter systems, recognised by their column names, which are compared in lower case,
 * without spaces, hyphens and underscores.
 */
type ListFormat = {
  readonly name: string;
  /** A file with all of these columns has this format. */
  readonly signature: readonly string[];
};

/** More specific formats first. */
const formats: readonly ListFormat[] = [
  { name: "broadsheet", signature: ["address", "status", "consent", "addedat", "changedat"] },
  { name: "mailchimp", signature: ["emailaddress", "optintime"] },
  { name: "mailchimp", signature: ["emailaddress", "leid", "euid"] },
  { name: "listmonk", signature: ["uuid", "email", "attributes", "status"] },
  { name: "ghost", signature: ["email", "subscribedtoemails"] },
  { name: "substack", signature: ["email", "emaildisabled"] },
  { name: "substack", signature: ["email", "activesubscription", "plan"] },
  { name: "substack", signature: ["email", "type", "stripeplan"] },
  { name: "buttondown", signature: ["email", "subscribertype"] },
  { name: "buttondown", signature: ["emailaddress", "subscribertype"] },
  { name: "buttondown", signature: ["emailaddress", "creationdate", "tags"] },
  { name: "beehiiv", signature: ["email", "status", "subscriptiontier"] },
  { name: "beehiiv", signature: ["email", "status", "tier", "utmsource"] },
  { name: "kit", signature: ["email", "firstname", "state", "createdat"] },
  { name: "kit", signature: ["email", "firstname", "status", "createdat"] },
  { name: "mailerlite", signature: ["email", "optindate"] },
  { name: "mailerlite", signature: ["subscriber", "sent", "opens", "clicks"] },
  { name: "mailerlite", signature: ["email", "sent", "opens", "clicks"] },
];

/** A column's name for comparison. */
export const columnKey = (name: string): string => name.toLowerCase().replaceAll(/[\s_\-.:]+/g, "");

/** Columns of the address, the status, and the times and addresses of consent, by column keys. */
export type Columns = {
  /** All columns in order. */
  names: readonly string[];
  address: string;
  status: string | undefined;
  /** Columns in which "true", "yes", "1" or a date means no consent. */
  ended: readonly { column: string; as: "unsubscribed" | "bounced" }[];
  /** Columns in which "false", "no" or "0" means no consent. */
  subscribed: string | undefined;
  /** Times and network addresses of consent, strongest evidence first. */
  evidence: readonly string[];
};

const ADDRESS = [
  "emailaddress",
  "email",
  "address",
  "subscriber",
  "mail",
  "emailadresse",
  "correo",
  "courriel",
  "e-mail",
];
const STATUS = ["status", "state", "subscriberstatus", "subscribertype"];
const ENDED = [
  ["unsubtime", "unsubscribed"],
  ["unsubscribedat", "unsubscribed"],
  ["unsubscribed", "unsubscribed"],
  ["unsubscribedate", "unsubscribed"],
  ["emaildisabled", "unsubscribed"],
  ["deletedat", "unsubscribed"],
  ["cleantime", "bounced"],
  ["bouncedat", "bounced"],
] as const;
const SUBSCRIBED = ["subscribedtoemails", "issubscribed"];
const EVIDENCE = [
  ["confirmtime", "confirmationdate", "confirmedat"],
  ["confirmip", "confirmationip"],
  ["optintime", "optindate", "subscribedat", "startdate", "subscribed"],
  ["optinip", "signupip", "ipaddress", "ip"],
  ["createdat", "created", "creationdate", "joindate", "joined", "addedat"],
];

/** The format of a file by its header; "csv": unknown, but with addresses. */
export function recogniseFormat(header: readonly string[]): string {
  const keys = new Set(header.map(columnKey));
  return formats.find(({ signature }) => signature.every((column) => keys.has(column)))?.name ?? "csv";
}

/** The columns to read. Undefined: none is an address. `map`: columns chosen by the operator. */
export function columnsOf(header: readonly string[], map: Readonly<Record<string, string>> = {}): Columns | undefined {
  const keys = new Set(header.map(columnKey));
  const first = (names: readonly string[]) => names.find((name) => keys.has(name));
  const chosen = (field: string) => (map[field] === undefined ? undefined : columnKey(map[field]));
  const address = chosen("email") ?? first(ADDRESS);
  if (address === undefined || !keys.has(address)) return undefined;
  const time = chosen("time");
  return {
    names: header.map(columnKey),
    address,
    status: chosen("status") ?? first(STATUS),
    ended: ENDED.filter(([column]) => keys.has(column)).map(([column, as]) => ({ column, as })),
    subscribed: first(SUBSCRIBED),
    evidence: [...(time === undefined ? [] : [time]), ...EVIDENCE.flatMap((names) => first(names) ?? [])],
  };
}
