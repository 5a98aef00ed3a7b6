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
  { name: "substack", signature: ["email", "activesubscription", "expiry"] },
  { name: "substack", signature: ["email", "activesubscription", "plan"] },
  { name: "substack", signature: ["email", "type", "stripeplan"] },
  { name: "buttondown", signature: ["email", "subscribertype"] },
  { name: "buttondown", signature: ["emailaddress", "subscribertype"] },
  { name: "buttondown", signature: ["emailaddress", "creationdate", "tags"] },
  { name: "buttondown", signature: ["emailaddress", "creationdate", "type"] },
  { name: "beehiiv", signature: ["email", "status", "subscriptiontier"] },
  { name: "beehiiv", signature: ["email", "status", "tier", "utmsource"] },
  { name: "kit", signature: ["email", "firstname", "state", "createdat"] },
  { name: "kit", signature: ["email", "firstname", "status", "createdat"] },
  { name: "kit", signature: ["emailaddress", "firstname", "state", "createdat"] },
  { name: "kit", signature: ["emailaddress", "firstname", "status", "createdat"] },
  { name: "mailerlite", signature: ["email", "optindate"] },
  { name: "mailerlite", signature: ["subscriber", "sent", "opens", "clicks"] },
  { name: "mailerlite", signature: ["email", "sent", "opens", "clicks"] },
  { name: "mailerlite", signature: ["subscriber", "sent", "opened", "clicked"] },
  { name: "mailerlite", signature: ["email", "sent", "opened", "clicked"] },
  { name: "mailerlite", signature: ["email", "status", "openscount", "clickscount"] },
];

/** Any other file with addresses. */
const PLAIN = "csv";

/** The names of all formats. */
export const formatNames: readonly string[] = [...new Set(formats.map(({ name }) => name)), PLAIN];

/** A column's name for comparison. */
export const columnKey = (name: string): string => name.toLowerCase().replaceAll(/[\s_\-.:]+/g, "");

/** The format of a file by its header; "csv": unknown, but with addresses. */
export function recogniseFormat(header: readonly string[]): string {
  const keys = new Set(header.map(columnKey));
  return formats.find(({ signature }) => signature.every((column) => keys.has(column)))?.name ?? PLAIN;
}
