const strong = /\p{L}/gu;
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * The direction of a headline or a paragraph that is not the edition's own; null where it is. Most of its letters
 * decide, not the first as with `dir="auto"`: an English headline may begin with an Arabic name.
 */
export function ownDirection(text: string, edition: "ltr" | "rtl"): "ltr" | "rtl" | null {
  const letters = text.match(strong) ?? [];
  const right = letters.filter((letter) => rightToLeft.test(letter)).length;
  if (right * 2 === letters.length) return null;
  const own = right * 2 > letters.length ? "rtl" : "ltr";
  return own === edition ? null : own;
}
