import { instantAt } from "../../time/wall-clock.ts";
import { placeTime } from "./places.ts";

/** Hours east of UTC by zone name; ambiguous names have the zone that is most common in feeds. */
const HOURS: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  zulu: 0,
  wet: 0,
  "etc/gmt": 0,
  "etc/utc": 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  akst: -9,
  akdt: -8,
  hst: -10,
  sst: -11,
  ast: -4,
  adt: -3,
  nst: -3.5,
  ndt: -2.5,
  brt: -3,
  brst: -2,
  art: -3,
  uyt: -3,
  clt: -4,
  clst: -3,
  bot: -4,
  vet: -4,
  cot: -5,
  pet: -5,
  ect: -5,
  bst: 1,
  ist: 5.5,
  west: 1,
  cet: 1,
  cest: 2,
  mez: 1,
  mesz: 2,
  met: 1,
  mest: 2,
  eet: 2,
  eest: 3,
  idt: 3,
  msk: 3,
  мск: 3,
  msd: 4,
  trt: 3,
  sast: 2,
  wat: 1,
  cat: 2,
  eat: 3,
  irst: 3.5,
  gst: 4,
  get: 4,
  samt: 4,
  azt: 4,
  pkt: 5,
  uzt: 5,
  yekt: 5,
  npt: 5.75,
  omst: 6,
  mmt: 6.5,
  wib: 7,
  ict: 7,
  novt: 7,
  krat: 7,
  hkt: 8,
  sgt: 8,
  myt: 8,
  wita: 8,
  irkt: 8,
  awst: 8,
  pht: 8,
  jst: 9,
  kst: 9,
  wit: 9,
  acst: 9.5,
  acdt: 10.5,
  aest: 10,
  aedt: 11,
  vlat: 10,
  chst: 10,
  nzst: 12,
  nzdt: 13,
};

/** Names that mean standard or summer time by the date. */
const BY_DATE: Readonly<Record<string, string>> = {
  et: "America/New_York",
  eastern: "America/New_York",
  ct: "America/Chicago",
  central: "America/Chicago",
  mt: "America/Denver",
  mountain: "America/Denver",
  pt: "America/Los_Angeles",
  pacific: "America/Los_Angeles",
  at: "America/Halifax",
  atlantic: "America/Halifax",
};

/** Long names from JavaScript and Windows: prefix, standard time, summer time. Hours. */
const LONG: readonly (readonly [RegExp, number, number])[] = [
  [/^(?:coordinated universal|greenwich mean)\b/, 0, 0],
  [/^eastern (?:standard|daylight) time\b/, -5, -4],
  [/^central (?:standard|daylight) time\b/, -6, -5],
  [/^mountain (?:standard|daylight) time\b/, -7, -6],
  [/^pacific (?:standard|daylight) time\b/, -8, -7],
  [/^atlantic (?:standard|daylight) time\b/, -4, -3],
  [/^british summer time\b/, 1, 1],
  [/^gmt (?:standard|daylight) time\b/, 0, 1],
  [/^(?:w\. europe|romance|central europe) (?:standard|daylight) time\b/, 1, 2],
  [/^(?:central|west) european? (?:(?:standard|summer|daylight) )?time\b/, 1, 2],
  [/^eastern european (?:(?:standard|summer) )?time\b/, 2, 3],
  [/^moscow (?:standard )?time\b/, 3, 3],
  [/^india(?:n)? (?:standard )?time\b/, 5.5, 5.5],
  [/^(?:china|singapore) (?:standard )?time\b/, 8, 8],
  [/^(?:japan|korea(?:n)?) (?:standard )?time\b/, 9, 9],
];

/** Minutes east of UTC, or the name of a zone whose offset depends on the date. */
export type Zone = number | { readonly timeZone: string };

/** A zone at the beginning of a text (null: none known), and the rest of the text. */
type ZoneFound = { readonly zone: Zone | null; readonly rest: string };

const OFFSET = /^(?:gmt|utc|ut|z)?\s*([+\-−–])(\d{1,2})(?::?(\d{2}))?(?![\d/.])/u;
const SPACED_OFFSET = /^(?:gmt|utc)\s*([+\-−–])\s*(\d{1,2})(?::?(\d{2}))?(?![\d/.])/u;

/**
 * Reads a zone after the time of day: `+0100`, `(GMT+7)`, `[Europe/London]`, `EST`.
 * @param text in lower case
 * @returns null for an offset beyond ±14 hours, which no place has (RFC 3339 §4.2)
 */
export function takeZone(text: string): ZoneFound | null {
  const start = text.replace(/^(?:[\s,([]|по\s)+/u, "");
  // RFC 9557 puts the zone's name in brackets after its offset.
  const behind = (found: string) => start.slice(found.length).replace(/^\s*(?:[)\]]|(?:\[!?[\w/=+-]+\])+)/u, "");
  const offset = OFFSET.exec(start) ?? SPACED_OFFSET.exec(start);
  if (offset !== null) {
    const zone = offsetMinutes(offset[1] ?? "+", Number(offset[2]), Number(offset[3] ?? 0));
    return zone === null ? null : { zone, rest: behind(offset[0]) };
  }
  const place = /^\p{L}{2}/u.test(start) ? placeTime(start) : undefined;
  if (place !== undefined) {
    const zone = place.timeZone === null ? null : { timeZone: place.timeZone };
    return { zone, rest: behind(place.found) };
  }
  for (const [name, standard, summer] of LONG) {
    const found = name.exec(start)?.[0];
    if (found === undefined) continue;
    return { zone: 60 * (/summer|daylight/.test(found) ? summer : standard), rest: behind(found) };
  }
  const [named = "", short, long] =
    /^(?:([ecmpa]t)|(eastern|central|mountain|pacific|atlantic) time)\b/u.exec(start) ?? [];
  const timeZone = BY_DATE[short ?? long ?? ""];
  if (timeZone !== undefined) return { zone: { timeZone }, rest: behind(named) };
  // POSIX names both halves of the year: EST5EDT.
  const posix = /^[a-z]{3}\d[a-z]{3}(?![a-z])/u.exec(start)?.[0];
  if (posix !== undefined && isTimeZone(posix)) return { zone: { timeZone: posix }, rest: behind(posix) };
  const name = /^[a-zа-я]+(?:[/_-][a-z_+-]+)*(?:\/[a-z_+-]+)*\d{0,2}/u.exec(start)?.[0] ?? "";
  const hours = HOURS[name];
  if (hours !== undefined) return { zone: hours * 60, rest: behind(name) };
  if (name.includes("/") && isTimeZone(name)) return { zone: { timeZone: name }, rest: behind(name) };
  return { zone: null, rest: text };
}

/** Whether it is a name from the table of zones, such as `cet`. */
export const isZoneName = (word: string): boolean => HOURS[word] !== undefined || BY_DATE[word] !== undefined;

/** Minutes east of UTC at a local time, which is given as UTC milliseconds. */
export function offsetOf(zone: Zone, local: number): number {
  if (typeof zone === "number") return zone;
  const [date = "", clock = ""] = new Date(local).toISOString().slice(0, 16).split("T");
  const minute = Math.floor(local / 60_000) * 60_000;
  return (minute - Date.parse(instantAt(date, clock, zone.timeZone))) / 60_000;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function offsetMinutes(sign: string, hours: number, minutes: number): number | null {
  if (hours > 14 || (hours === 14 && minutes > 0) || minutes > 59) return null;
  return (sign === "+" ? 1 : -1) * (hours * 60 + minutes);
}
