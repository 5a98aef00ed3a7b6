/** The languages that emails and pages are written in: each has a catalogue in templates/words/. */
export const languages = ["ar", "de", "en", "es", "fr", "he", "pt"] as const;
export type Language = (typeof languages)[number];

/** The language of a BCP 47 tag, of which a region or a script is a part: `pt` of `pt-BR`; undefined for any other. */
export function languageOf(tag: string): Language | undefined {
  try {
    const { language } = new Intl.Locale(tag);
    return languages.find((one) => one === language);
  } catch {
    return undefined;
  }
}

type Languages = { readonly newsletters: Readonly<Record<string, { readonly language: string }>> };

/** The language of a newsletter; English for one that the configuration no longer has. */
export const newsletterLanguage = ({ newsletters }: Languages, newsletter: string): string =>
  newsletters[newsletter]?.language ?? "en";
