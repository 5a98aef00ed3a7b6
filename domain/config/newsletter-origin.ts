type Origin = { language: string; from: { newsletter?: string | undefined } };

/** A newsletter made from another has the other's sender, unless it has its own. The schema reports faults. */
export function withSenders(newsletters: unknown): unknown {
  if (!isObject(newsletters)) return newsletters;
  return Object.fromEntries(
    Object.entries(newsletters).map(([name, about]) => {
      if (!isObject(about) || !isObject(about.from) || typeof about.from.newsletter !== "string") return [name, about];
      const origin = newsletters[about.from.newsletter];
      const sender = isObject(origin) && isObject(origin.from) ? origin.from : noSender;
      return [name, { ...about, from: { name: sender.name, address: sender.address, ...about.from } }];
    }),
  );
}

/** If the named newsletter doesn't exist, originFaults reports the name. */
const noSender = { name: "?", address: "unknown@example.com" };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Faults in `from.newsletter`. */
export function originFaults(newsletters: Readonly<Record<string, Origin>>): { path: string[]; message: string }[] {
  return Object.entries(newsletters).flatMap(([name, { language, from }]) => {
    if (from.newsletter === undefined) return [];
    const path = [name, "from", "newsletter"];
    const origin = Object.hasOwn(newsletters, from.newsletter) ? newsletters[from.newsletter] : undefined;
    if (origin === undefined) return [{ path, message: "there is no such newsletter" }];
    if (origin.from.newsletter !== undefined) {
      return [{ path, message: "that one is made from another newsletter too; name the one that reads sources" }];
    }
    const isSame = new Intl.Locale(origin.language).language === new Intl.Locale(language).language;
    return isSame ? [] : [{ path, message: "that one is in another language" }];
  });
}

/** The newsletters made from this one. */
export const madeFrom = (newsletters: Readonly<Record<string, Origin>>, name: string): string[] =>
  Object.entries(newsletters).flatMap(([other, { from }]) => (from.newsletter === name ? [other] : []));
