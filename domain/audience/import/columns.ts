import { columnKey, recogniseFormat } from "./formats.ts";
import type { ImportedStatus } from "./import-row.ts";

/** A column whose cell ends consent: if it says "yes" or has a date, if it says "no", or if it doesn't say "yes". */
type EndingColumn = {
  readonly column: string;
  readonly if: "yes" | "no" | "notYes";
  readonly as: Exclude<ImportedStatus, "active" | "unknown">;
};

/** Columns of the address, the status, and the times and addresses of consent, by column keys. */
export type Columns = {
  /** All columns in order. */
  names: readonly string[];
  address: string;
  /** If several are there, one of them is enough to end consent. */
  status: readonly string[];
  ended: readonly EndingColumn[];
  /** In Mailchimp's files, a contact without any of these times never subscribed. */
  optedIn: readonly string[];
  /** Times and network addresses of consent, strongest evidence first. */
  evidence: readonly string[];
  /** Whether the file is one of our own exports, which also has the readers' choices. */
  isOwn: boolean;
};

const ADDRESS = [
  ..."emailaddress email address subscriber mail subscriberemail contactemail primaryemail email1".split(" "),
  ..."emailadresse mailadresse correo correoelectrónico correoelectronico courriel adresseemail adressemail".split(" "),
  ..."endereçodeemail enderecodeemail אימייל דואראלקטרוני البريدالإلكتروني".split(" "),
];
const STATUS = ["status", "subscriberstatus", "subscriptionstatus", "emailstatus", "marketingstatus", "subscribertype"];
/** In Buttondown's files `type` is the status; Substack's `type` is what the reader pays. */
const TYPE = "type";
/** Kit's status. In a file with other parts of a postal address, it is a state such as Ohio. */
const STATE = "state";
const OF_ADDRESSES = "city country zip zipcode postalcode postcode region street location cc".split(" ");

const ending = (as: EndingColumn["as"], test: EndingColumn["if"], columns: string): readonly EndingColumn[] =>
  columns.split(" ").map((column) => ({ column, if: test, as }));
const ENDED: readonly EndingColumn[] = [
  ...ending("unsubscribed", "yes", "unsubtime unsubscribed unsubscribedat unsubscribedon unsubscribedate"),
  ...ending("unsubscribed", "yes", "unsubscribeddate unsubscriptiondate unsubscribetime unsubscribedtime deletedat"),
  ...ending("unsubscribed", "yes", "emaildisabled optout optedout optouttime optoutdate optedoutat emailoptout"),
  ...ending("unsubscribed", "yes", "unsubscribedfromallemail blacklisted blocklisted suppressed donotemail donotmail"),
  ...ending("bounced", "yes", "cleantime bouncedat bouncedate bounceddate bounced hardbounced hardbounce"),
  ...ending("complained", "yes", "complainedat complaintdate complained spamcomplaint markedasspam reportedspam"),
  ...ending("unsubscribed", "notYes", "subscribedtoemails issubscribed"),
  ...ending("unsubscribed", "no", "subscribed optin optedin emailoptin newsletter active isactive enabled"),
  ...ending("unsubscribed", "no", "acceptsmarketing acceptsemailmarketing marketingconsent consent"),
  ...ending("unconfirmed", "no", "confirmed isconfirmed doubleoptin verified emailverified"),
];
const OPTED_IN = ["confirmtime", "optintime"];
const EVIDENCE = [
  ["consent"],
  ["confirmtime", "confirmationdate", "confirmedat"],
  ["confirmip", "confirmationip"],
  ["optintime", "optindate", "optedinat", "subscribedat", "startdate", "subscribed"],
  ["optinip", "signupip", "ipaddress", "ip"],
  ["createdat", "created", "creationdate", "joindate", "joined", "addedat"],
  ["source"],
  ["evidence"],
];

/** The columns to read. Undefined: none is an address. `map`: columns chosen by the operator. */
export function columnsOf(
  header: readonly string[],
  format: string,
  map: Readonly<Record<string, string>> = {},
): Columns | undefined {
  const names = header.map(columnKey);
  const chosen = (field: string) => (map[field] === undefined ? undefined : columnKey(map[field]));
  const address = chosen("email") ?? ADDRESS.find((name) => names.includes(name));
  if (address === undefined || !names.includes(address)) return undefined;
  const [status, time] = [chosen("status"), chosen("time")];
  const own = OPTED_IN.filter((name) => names.includes(name));
  return {
    names,
    address,
    status: status === undefined ? statusColumns(names, format) : [status],
    ended: ENDED.filter(({ column }) => names.includes(column) && column !== status),
    isOwn: format === "broadsheet",
    optedIn: format === "mailchimp" ? own : [],
    evidence: [
      ...(time === undefined ? [] : [time]),
      ...EVIDENCE.flatMap((group) => group.find((name) => names.includes(name)) ?? []),
    ],
  };
}

function statusColumns(names: readonly string[], format: string): string[] {
  const usual = STATUS.filter((name) => names.includes(name));
  if (usual.length > 0) return usual;
  if (format === "buttondown" && names.includes(TYPE)) return [TYPE];
  const isPlace = OF_ADDRESSES.some((name) => names.includes(name)) || !["kit", "csv"].includes(format);
  return names.includes(STATE) && !isPlace ? [STATE] : [];
}

type ListStart = { header: readonly string[] | null; first: readonly string[] };
type Choices = { format?: string | undefined; map: Readonly<Record<string, string>> };

/** The format and columns of a file. In one without a header, the columns are numbered from 1. */
export function columnsOfFile({ header, first }: ListStart, { format, map }: Choices) {
  const recognised = format ?? recogniseFormat(header ?? []);
  const names = header ?? first.map((_, at) => String(at + 1));
  const addressed = first.findIndex((cell) => cell.includes("@"));
  const numbered = { email: String(Math.max(0, addressed) + 1), ...map };
  const columns = columnsOf(names, recognised, header === null ? numbered : map);
  return columns && { format: recognised, columns };
}
