import type { Reading } from "./reading.ts";
import type { Role } from "./role.ts";

/** Whether a line is furniture, by the roles of its words. */
export type Rule = (line: Reading) => boolean;

/** Hardly any word, and no word, that has no role. */
export const mostly = ({ unknown, names, words }: Reading) =>
  unknown * 5 <= words && (words <= 12 || (unknown + names) * 4 <= words);
export const covered = ({ unknown, names }: Reading) => unknown + names === 0;
export const STOP = /[.!?؟…。]["”»’')\]]*$/u;
export const hasStop = ({ text }: Reading) => STOP.test(text);
export const isOnly = (line: Reading, ...roles: readonly Role[]) => line.count(...roles) + line.numbers === line.words;
export const ENDS_WITH_QUESTION = /[?؟]$/u;
export const asksSomething = ({ text }: Reading) => /[?؟]/u.test(text);
export const hasVerb = (line: Reading) => line.hasAny("be", "was", "tells");
export const isPast = (line: Reading) => line.hasAny("was", "tells");

export const isWithoutCapitals = ({ text }: Reading) => /[\p{sc=Arab}\p{sc=Hebr}]/u.test(text);
