/** Hours east of UTC of the zone names feeds use; names that mean several zones stand for the commonest in feeds. */
const HOURS: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  "etc/gmt": 0,
  "etc/utc": 0,
  est: -5,
  edt: -4,
  et: -5,
  cst: -6,
  cdt: -5,
  ct: -6,
  mst: -7,
  mdt: -6,
  mt: -7,
  pst: -8,
  pdt: -7,
  pt: -8,
  akst: -9,
  akdt: -8,
  hst: -10,
  ast: -4,
  adt: -3,
  at: -4,
  nst: -3.5,
  ndt: -2.5,
  brt: -3,
  art: -3,
  clt: -4,
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
  msk: 3,
  trt: 3,
  sast: 2,
  wat: 1,
  cat: 2,
  eat: 3,
  gst: 4,
  pkt: 5,
  wib: 7,
  ict: 7,
  hkt: 8,
  sgt: 8,
  awst: 8,
  pht: 8,
  jst: 9,
  kst: 9,
  acst: 9.5,
  acdt: 10.5,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
};

/** Minutes east of UTC; "none" where the text names no zone; null where what it names cannot be one. */
export type Zone = number | "none" | null;

/** Reads what stands after a time of day. Offsets beyond ±14 hours are no zones (RFC 3339 §4.2 has none in use). */
export function readZone(text: string): Zone {
  const zone = text
    .trim()
    .toLowerCase()
    .replace(/^\((.*)\)$/, "$1");
  if (zone === "") return "none";
  const named = HOURS[zone];
  if (named !== undefined) return named * 60;
  const offset = /^(?:gmt|utc|ut)?\s*([+-])(\d{1,2})(?::?(\d{2}))?(?:\s*\([\p{L}\s/_+-]*\))?$/u.exec(zone);
  if (offset !== null) return offsetMinutes(offset[1] ?? "+", Number(offset[2]), Number(offset[3] ?? 0));
  // A name not in the table is taken for UTC and marked by the caller; anything else is damage.
  return /^[a-z]{2,5}$/.test(zone) ? "none" : null;
}

function offsetMinutes(sign: string, hours: number, minutes: number): number | null {
  if (hours > 14 || minutes > 59) return null;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
}
