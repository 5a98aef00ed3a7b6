import type { Context } from "hono";
import { LocalDate } from "#domain/time/instant.ts";
import type { DeskEnv } from "../access/person.ts";
import { base } from "../contract.ts";

/** A newsletter as the desk knows it. */
export type Newsletter = {
  name: string;
  title: string;
  /** Its editions' language, a BCP 47 tag. */
  language: string;
};

/** The edition in a request's path, drafted or not. */
export type EditionAt = { newsletter: string; title: string; language: string; date: string; path: string };

export const editionRoute = "/:newsletter/:date{\\d{4}-\\d\\d-\\d\\d}";

/** Undefined: no such newsletter, or not a date. */
export function editionAt(newsletters: readonly Newsletter[], c: Context<DeskEnv>): EditionAt | undefined {
  const found = newsletters.find(({ name }) => name === c.req.param("newsletter"));
  const date = c.req.param("date") ?? "";
  if (found === undefined || !LocalDate.safeParse(date).success) return undefined;
  const { name: newsletter, title, language } = found;
  return { newsletter, title, language, date, path: `${base}/${newsletter}/${date}` };
}
