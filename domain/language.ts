/** The languages of emails and pages; each has a catalogue in templates/words/. */
export const languages = ["ar", "de", "en", "es", "fr", "he", "pt"] as const;
export type Language = (typeof languages)[number];

/** The supported language of a BCP 47 tag, such as `pt` for `pt-BR`; undefined: not supported. */
export function languageOf(tag: string): Language | undefined {
  try {
    const { language } = new Intl.Locale(tag);
    return languages.find((one) => one === language);
  } catch {
    return undefined;
  }
}

type Languages = { readonly newsletters: Readonly<Record<string, { readonly language: string }>> };

/** A newsletter's language; English if the configuration no longer has it. */
export const newsletterLanguage = ({ newsletters }: Languages, newsletter: string): string =>
  newsletters[newsletter]?.language ?? "en";
