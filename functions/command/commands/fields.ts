import * as z from "zod";
import { Finding } from "#domain/edition/preflight/finding.ts";
import { LocalDate } from "#domain/time/instant.ts";

export const edition = { newsletter: z.string(), date: LocalDate.optional() };
/** Recipients in calls in flight. */
export const onTheirWay = z.number().int().default(0);
/** Changes after the decision with this number are listed separately. */
export const since = z.number().int().min(0).optional();
export const by = z.string().default("operator");
/** For someone at the desk: the identity provider's subject. */
export const byId = z.string().optional();
export const hash = z.string().optional();
/** Overrides the check's blockers, except those required by law or by SES. */
export const anyway = z.boolean().default(false);
/** Allows a date more than one day from the day of sending. */
export const dateFar = z.boolean().default(false);
/** The check's findings, overridden blockers first; empty from an older system. */
export const findings = z.array(Finding).default([]);
