import * as z from "zod";
import { Finding } from "#domain/edition/preflight/finding.ts";
import { LocalDate } from "#domain/time/instant.ts";

export const edition = { newsletter: z.string(), date: LocalDate.optional() };
/** Recipients in calls that are under way. */
export const onTheirWay = z.number().int().default(0);
/** Changes after the decision of this number are listed by themselves. */
export const since = z.number().int().min(0).optional();
export const by = z.string().default("operator");
/** Of someone at the desk: the subject by which their identity provider knows them. */
export const byId = z.string().optional();
export const hash = z.string().optional();
/** Waives what a check finds against it, except for what the law or SES would not have. */
export const anyway = z.boolean().default(false);
/** Sends it although its date is more than one day from the day on which it goes out. */
export const dateFar = z.boolean().default(false);
/** What its check found, waived blockers first; empty from a system that does not check yet. */
export const findings = z.array(Finding).default([]);
