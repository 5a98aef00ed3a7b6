/** A sentence for each plural form the language has (CLDR); `other` stands for those not named. `{n}` is the number. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** Everything emails and pages say by themselves. `{name}` marks what is put in. */
export type Words = {
  more: Plural;
  headlines: Plural;
  rest: Plural;
  developing: string;
  alsoIn: string;
  others: Plural;
  readAt: string;
  read: string;
  reason: string;
  replies: string;
  browser: string;
  archive: string;
  unsubscribe: string;
  editions: string;
  previous: string;
  next: string;
  noEditions: string;
  newsletters: string;
  thisNewsletter: string;
  skip: string;
  leaveTitle: string;
  leaveAsk: string;
  leaveButton: string;
  leaveNot: string;
  reference: string;
  messages: Record<"left" | "sample" | "badLink" | "notFound" | "error", { title: string; text: string }>;
};
