/** One mistake in one line of the code, and the tests that must fail with it. */
export type Mutant = {
  /** What is wrong, in a sentence. */
  readonly mistake: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Test files, of which at least one test fails. */
  readonly tests: readonly string[];
};

export const occurrences = (text: string, find: string): number => text.split(find).length - 1;

/** The file with the mistake in it. The replacement is taken as it is: `$&` has no meaning. */
export const plant = (text: string, { find, replace }: Mutant): string => text.split(find).join(replace);
