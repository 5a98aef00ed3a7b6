import * as z from "zod";
import { Instant, LocalDate } from "./time/instant.ts";

/**
 * A person's change that isn't in an edition's log of decisions. Append-only. `subjects` are ids, never addresses,
 * because the log outlives the readers' data.
 */
export const AuditEntry = z.strictObject({
  at: Instant,
  /** The person's name, from the command. */
  by: z.string(),
  /** Their subject at the identity provider; absent for commands given with IAM, and in older entries. */
  byId: z.string().optional(),
  /** The command, such as "source add". */
  did: z.string(),
  newsletter: z.string().nullable(),
  /** Source ids, subscriber ids or an edition's date. */
  subjects: z.array(z.string()),
  /** The result in words; null: the command is enough. */
  note: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** One line of the log that people read: a decision or an audit entry. `before` and `after` where something was replaced. */
export const LogEntry = z.object({
  at: Instant,
  by: z.string(),
  byId: z.string().optional(),
  what: z.string(),
  newsletter: z.string().nullable(),
  date: LocalDate.nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type LogEntry = z.infer<typeof LogEntry>;
