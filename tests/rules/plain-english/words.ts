/** A word or phrase that has a plainer one. Shown when a test fails. */
export type Rule = { readonly pattern: RegExp; readonly instead: string };

/** From the project's style: what a native engineer, an editor or a night-shift operator would read twice. */
export const phrases: readonly Rule[] = [
  { pattern: /\b(?:un)?mend(?:s|ed|ing)?\b/gi, instead: "fix" },
  { pattern: /\bin vain\b/gi, instead: "failed, without success" },
  { pattern: /\banew\b/gi, instead: "again" },
  { pattern: /\bfor ever\b/gi, instead: "forever, indefinitely" },
  { pattern: /\bin spite of\b/gi, instead: "despite" },
  { pattern: /\bbut for\b(?! (?:example|instance|each|every|now))/gi, instead: "except" },
  { pattern: /\blest\b/gi, instead: "so … does not" },
  { pattern: /\b(?:where|there)(?:of|upon|in)\b/gi, instead: "of it, then, in it" },
  { pattern: /\bthus\b/gi, instead: "so" },
  { pattern: /\bwhom(?:ever|soever)?\b/gi, instead: "who, or name the role" },
  { pattern: /\bwhoever\b/gi, instead: "anyone who, or name the role" },
  { pattern: /\bnobody\b/gi, instead: "no one, or name the role" },
  { pattern: /\bsomebody\b/gi, instead: "someone, or name the role" },
  { pattern: /\bso that\b/gi, instead: "so" },
  { pattern: /\bheed(?:s|ed|ing)?\b/gi, instead: "apply, follow" },
  { pattern: /\bsettl(?:e|es|ed|ing)\b/gi, instead: "resolve, decide" },
  {
    pattern: /\bstands?\b(?= (?:in|at|before|after|above|below|behind|against|there|as|on)\b)/gi,
    instead: "is, is written",
  },
  { pattern: /\bnone of ours\b/gi, instead: "not one of ours" },
  { pattern: /\bis no (?!longer\b|more\b|better\b|smaller\b|one\b|\d)[a-z]/gi, instead: "isn't a, is not a" },
  { pattern: /\bare no (?!longer\b|more\b|better\b|\d)[a-z]/gi, instead: "aren't" },
  { pattern: /\b(?:is|are|was|were) told\b/gi, instead: "is notified, sees, gets a message" },
  { pattern: /\bis called so\b/gi, instead: "has this name" },
  { pattern: /\bof (?:which|whose) (?:nobody|no one|none)\b/gi, instead: "that … not" },
  { pattern: /\bwhat became of\b/gi, instead: "the outcome of" },
  { pattern: /\b(?:cannot|can't|must not|may not) be \w+ so\b/gi, instead: "like this" },
];

/** "There is no …" is plain English; "it is no …" is not. */
export const isPlain = (text: string, at: number): boolean => /\bthere $/i.test(text.slice(Math.max(0, at - 6), at));

/** The command that is printed never fetches a stranger's package, wherever it is pasted. */
export const commands: readonly Rule[] = [{ pattern: /\bnpx broadsheet\b/g, instead: "npx --no-install broadsheet" }];

/** Words that no identifier has: each has a standard term. */
export const nameWords: Readonly<Record<string, string>> = {
  heed: "apply",
  heeds: "applies",
  mend: "fix",
  mends: "fixes",
  mended: "fixed",
  mending: "fixing",
  settle: "resolve",
  settles: "resolves",
  settled: "resolved",
  settling: "resolving",
  seat: "session",
  told: "described, notified",
  asked: "requested, request",
  meant: "target, requested",
  wishes: "editorialState",
  standing: "status",
  weather: "faults",
  whom: "who",
  whoever: "anyone",
  nobody: "none",
  somebody: "someone",
};

/** Identifiers that keep such a word, and where: names of others, of stored or printed data, or of the config. */
export const keptNames: Readonly<Record<string, readonly string[]>> = {
  allSettled: [""],
  settleSeconds: [""],
  // A key of `edition plan --json` and of `subscriber import --json`, and of what is stored in a session.
  asked: [
    "cli/editions/approve.ts",
    "cli/subscribers/import.ts",
    "domain/edition/timing/plan.ts",
    "functions/desk/office/sending/sending.ts",
    "usecases/editions/sending/plan.ts",
  ],
  askedAt: [""],
  // The flag `--settle` of a trial.
  settle: ["local/trial.ts"],
};

/** A file is named after what it holds. */
export const fileNames =
  /^(?:heed|mend|settle|settling|seat|told|tell|asked|meant|way|wishes|standing|line|turn|weather|gate|seen)$/;
