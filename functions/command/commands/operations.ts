import * as z from "zod";
import { keyUses } from "#domain/audience/keys.ts";
import { LogEntry } from "#domain/audit.ts";
import { Instant, LocalDate } from "#domain/time/instant.ts";
import { by, byId } from "./fields.ts";

const KeyNote = z.object({
  use: z.enum(keyUses),
  /** Of the key that signs. */
  id: z.string(),
  /** Null: the deployment's first key, which also makes subscribers' ids. */
  since: Instant.nullable(),
  /** When a newer key begins to sign. */
  next: Instant.nullable(),
  /** How many there are, old ones among them. */
  keys: z.number().int(),
  isOwn: z.boolean(),
});

const SessionNote = z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), signedInAt: Instant });

/** Keys, sessions and the log. */
export const operationCommands = {
  /** Who did what: to one edition, or without a date in the last `days`. Newest first, and no reader's address. */
  log: {
    input: z.object({
      newsletter: z.string().optional(),
      date: LocalDate.optional(),
      days: z.number().int().min(1).max(31).default(7),
    }),
    output: z.object({ entries: z.array(LogEntry) }),
  },
  /** What each signing key is for, and since when. Never a key. */
  "keys list": { input: z.object({}), output: z.object({ keys: z.array(KeyNote) }) },
  /** Gives a use a new key, beside the old ones, which go on verifying. */
  "keys rotate": {
    input: z.object({ use: z.enum([...keyUses, "all"]), by, byId }),
    output: z.object({ keys: z.array(KeyNote) }),
  },
  /** Who is signed in at the desk. */
  "desk sessions list": { input: z.object({}), output: z.object({ sessions: z.array(SessionNote) }) },
  /** Ends all of one person's sessions, named by address, id or name. */
  "desk sessions end": {
    input: z.object({ person: z.string().min(1).max(320), by, byId }),
    output: z.object({ ended: z.array(SessionNote) }),
  },
} as const;
