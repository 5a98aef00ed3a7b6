/** A sentence for each plural form a language has (CLDR). `{n}` is the number. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/**
 * Everything emails and pages say by themselves, in a language with these plural forms: a sentence or a form that is
 * missing does not compile. `{name}` marks what is put in.
 */
export type WordsWith<Forms extends Intl.LDMLPluralRule> = Sentences & Record<Counted, Record<Forms, string>>;

/** The words of any language. */
export type Words = Sentences & Record<Counted, Plural>;

/** The sentences with a number in them. */
type Counted = "more" | "headlines" | "rest" | "others" | "stories" | "minutes";

type Sentences = {
  /** The heading of the headlines that have a sentence each. */
  alsoToday: string;
  /** The heading of the headlines after them. */
  inBrief: string;
  developing: string;
  /** `{day}`: when an earlier edition led with the story, or had it in its list. */
  updateOfLead: string;
  updateOfStory: string;
  /** Before a note that an editor added on the web: `{day}`, its date. */
  note: string;
  /** The heading of what belongs to no section, after those that do. */
  otherNews: string;
  alsoIn: string;
  readAt: string;
  read: string;
  /** Who made the lead's picture. */
  picture: string;
  reason: string;
  /** Of the edition that a new reader gets at once. */
  welcome: { subject: string; text: string };
  replies: string;
  browser: string;
  forwarded: string;
  archive: string;
  unsubscribe: string;
  preferences: string;
  /** A question in the foot, and the links that answer it. */
  worth: { title: string; yes: string; no: string };
  editions: string;
  previous: string;
  next: string;
  older: string;
  newer: string;
  noEditions: string;
  newsletters: string;
  thisNewsletter: string;
  skip: string;
  leaveTitle: string;
  leaveAsk: string;
  leaveButton: string;
  leaveNot: string;
  reference: string;
  messages: Record<
    "left" | "sample" | "badLink" | "notFound" | "gone" | "tooMany" | "error",
    { title: string; text: string }
  >;
};
