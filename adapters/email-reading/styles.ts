/** An inline style's declarations; the last one of each name counts. Names are lower case; !important is left out. */
export function declarationsIn(style: string): ReadonlyMap<string, string> {
  const declarations = style.split(";").flatMap((one): [string, string][] => {
    const colon = one.indexOf(":");
    if (colon < 0) return [];
    const value = one
      .slice(colon + 1)
      .replace(/!\s*important/i, "")
      .trim();
    return [[one.slice(0, colon).trim().toLowerCase(), value]];
  });
  return new Map(declarations);
}

/** A length in pixels; null in any other unit. */
export function pixels(value: string | undefined): number | null {
  const number = /^(\d+(?:\.\d+)?)px$/i.exec(value ?? "")?.[1];
  return number === undefined ? null : Number(number);
}
