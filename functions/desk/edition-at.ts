import type { Context } from "hono";
import { LocalDate } from "#domain/time/instant.ts";
import { base } from "./contract.ts";
import type { DeskEnv } from "./person.ts";

/** A newsletter as the desk knows it. */
export type Newsletter = { name: string; title: string };

/** The edition in a request's path, drafted or not. */
export type EditionAt = { newsletter: string; title: string; date: string; path: string };

export const editionRoute = "/:newsletter/:date{\\d{4}-\\d\\d-\\d\\d}";

/** Undefined: no such newsletter, or not a date. */
export function editionAt(newsletters: readonly Newsletter[], c: Context<DeskEnv>): EditionAt | undefined {
  const found = newsletters.find(({ name }) => name === c.req.param("newsletter"));
  const date = c.req.param("date") ?? "";
  if (found === undefined || !LocalDate.safeParse(date).success) return undefined;
  return { newsletter: found.name, title: found.title, date, path: `${base}/${found.name}/${date}` };
}

export const keyOf = ({ newsletter, date }: EditionAt) => ({ newsletter, date });
