import { MADE_BY } from "./notices.ts";
import { CREDIT, FILED_UNDER, PUBLISHED_ELSEWHERE, SOURCE } from "./words.ts";

/**
 * Lines that name people, agencies and subjects: "Photo: Ada Pike / Reuters", "By Ada Pike", "Tags: harbour, eels",
 * "via The Gull". They look like the beginning of a sentence, and differ in being short and having no end.
 */
const AGENCIES =
  "(?:getty(?: images)?|istock(?:photo)?|shutterstock|unsplash|pexels|pixabay|alamy|afp|reuters|ap(?: photo)?|associated press|dpa(?:-infocom)?|imago(?: images)?|picture alliance|epa|efe|europa press|lusa|ansa|agência brasil|divulgação|reprodução|nasa|wikimedia(?: commons)?|رويترز|أ ف ب|فرانس برس|רויטרס)";
/** The same as they write themselves. */
const AGENCY_AS_WRITTEN =
  "(?:Getty|iStock|Shutterstock|Unsplash|Alamy|AFP|Reuters|REUTERS|AP|Associated Press|dpa|DPA|imago|IMAGO|EPA|EFE|Lusa|LUSA|ANSA|NASA|Agência|Wikimedia)";
const NAMES =
  "\\p{Lu}[\\p{L}\\p{M}.'’-]*(?: (?:de |da |dos? |von |van |der |al-|el-|la |le )*\\p{Lu}[\\p{L}\\p{M}.'’-]*){1,3}";
/** One to four words. */
const TAG = "[^\\s,،;|·#/.!?]+(?:\\s[^\\s,،;|·#/.!?]+){0,3}";

// bounded: LONGEST, 160 characters
const pattern = (source: string, flags = "u") => new RegExp(source, flags);

const LONGEST = 160;
/** In lower case. */
const LINES: readonly RegExp[] = [
  pattern(`^[(\\[]?${CREDIT}\\s*(?:by|von|par|de|por)?\\s*:\\s*(?:\\S+(?:\\s|$)){1,9}$`),
  pattern(
    `^[(\\[]?${CREDIT}\\s(?:by|courtesy of|via|von|par|de|por)\\s[^.!?:]{2,60}(?:/| on | via )\\s*[^.!?:]{2,30}$`,
  ),
  pattern(`^[(\\[]?${CREDIT} courtesy of [^.!?:]{2,60}$`),
  pattern(`^[(\\[]?(?:${CREDIT}\\b[^!?]{0,60}[:/.©]\\s*)?${AGENCIES}(?:[\\s/,&-]+${AGENCIES})*[)\\]\\s]*$`),
  pattern(`^\\(via [^.!?()]{2,40}\\)$`),
  pattern(`^(?:the )?(?:featured|header|cover) (?:image|photo|picture) is (?:by|from) [^.!?]{2,40}\\.?$`),
  pattern(`^\\(?(?:avec |mit material (?:von|der) |source\\s*:?\\s*)?${AGENCIES}(?:[/,]\\s?\\p{L}{2,4})?\\)?$`),
  pattern(`^(?:tagged|filed) (?:with|as|under) ${TAG}(?:\\s*,\\s*${TAG})+$`),
  pattern(`^${FILED_UNDER}\\s*:\\s*#?(?:${TAG}(?:\\s*[,،;|·#/]+\\s*${TAG})+|[^\\s.!?]+(?:\\s[^\\s.!?]+)?)$`),
];
/** As written: names begin with a capital letter. */
const NAMED: readonly RegExp[] = [
  pattern(
    `^(?:(?:[Ww]ritten |[Ff]rom )?[Bb][Yy]|[Vv][Oo][Nn]|[Pp][Aa][Rr]|[Pp][Oo][Rr]|Texte? (?:de|von)|Ein Beitrag von|Propos recueillis par|Di|Door|(?:Photo|Image|Foto|Illustration|Photograph)s? (?:by|von|par|por|de))\\s*:?\\s${NAMES}(?:(?:,| and| und| et| y| e) ${NAMES}){0,3}$`,
  ),
  pattern(`^[(©\\s]*${NAMES}\\s*[/|]\\s*(?:The \\p{Lu}|${AGENCY_AS_WRITTEN})[^.!?]{0,30}$`),
  pattern(
    `^\\(?${NAMES} for (?:The \\p{Lu}[^.!?]{2,30}|NPR|BBC|CNN|CBC|PBS|Bloomberg|ProPublica|${AGENCY_AS_WRITTEN})\\)?$`,
  ),
  pattern(`^(?:[Aa]lso|[Ee]lsewhere) (?:on|in|from|at) (?:the )?\\p{Lu}\\S*(?:\\s\\p{Lu}\\S*){0,3}$`),
  pattern(`^(?:[Pp]or )?(?:(?:[Ll]a |[Dd]a )?[Rr](?:edação|edacción|édaction)|Redaktion)(?:\\s\\p{Lu}[^.!?,]{0,40})?$`),
  pattern(`^(?:بقلم|كتب|כתב|כתבה|מאת)\\s*:\\s*[^.!?]{2,60}$`),
  pattern(`^(?:[Vv]ia|[Hh]at tip|H/T|h/t)\\s*:?\\s\\p{Lu}\\S*(?:\\s\\p{Lu}\\S*){0,3}$`),
];
/** Before a name alone: "Powered by Gullmail", "Originally published in The Gull", "Source: Gull News". */
const BEFORE_NAME = pattern(
  `^\\(?(?:${MADE_BY}|${SOURCE}\\s*:|(?:posted|filed|published) (?:in|under)|${PUBLISHED_ELSEWHERE}(?: (?:on|in|at|by|auf|bei|in der|im|sur|dans|en|em|no|na|في|ב))?)\\s*(?=\\S)`,
);

/** Whether a text is such a line. */
export function isCredit(paragraph: string): boolean {
  if (paragraph.length > LONGEST) return false;
  const text = paragraph.toLowerCase();
  if (LINES.some((one) => one.test(text)) || NAMED.some((one) => one.test(paragraph))) return true;
  const made = BEFORE_NAME.exec(text)?.[0].length ?? 0;
  const name = paragraph.slice(made);
  return made > 0 && /^[^\p{Ll}\p{N}]/u.test(name) && /^[^.!?,]{2,40}\W?$/u.test(name) && name.split(" ").length <= 4;
}
