/** Zones that IANA has renamed and the Unicode CLDR, so also Intl, still lists by their old names. Intl takes both. */
const renamed: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

const currentName = (name: string): string => renamed[name] ?? name;

/** The IANA names to choose from, each zone once and by its current name. */
export const timeZones = (): string[] => Intl.supportedValuesOf("timeZone").map(currentName).sort();

const known = new Map<string, string>();

/**
 * The current name of a time zone, also if it has another one: `us/pacific` is `America/Los_Angeles`. Undefined: there is
 * no such zone. An offset such as `+03:00` isn't a zone, because it doesn't know when clocks change.
 */
export function timeZoneNamed(name: string): string | undefined {
  if (!/^[A-Za-z][\w+/-]{0,39}$/.test(name)) return undefined;
  const key = name.toLowerCase();
  const found = known.get(key) ?? resolved(name);
  if (found !== undefined) known.set(key, found);
  return found;
}

function resolved(timeZone: string): string | undefined {
  try {
    return currentName(new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone);
  } catch {
    return undefined;
  }
}
