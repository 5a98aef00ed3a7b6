import * as z from "zod";
import { keyUses } from "#domain/audience/tokens/keys.ts";
import { LogEntry } from "#domain/audit.ts";
import { ProbeEvent } from "#domain/delivery/resolving/probe.ts";
import { Instant, LocalDate } from "#domain/time/instant.ts";
import { by, byId } from "./fields.ts";

const KeyNote = z.object({
  use: z.enum(keyUses),
  /** Id of the key that signs. */
  id: z.string(),
  /** Null: the deployment's first key, which also makes subscribers' ids. */
  since: Instant.nullable(),
  /** When a newer key will start signing. */
  next: Instant.nullable(),
  /** Number of keys, including old ones. */
  keys: z.number().int(),
  isOwn: z.boolean(),
});

const SessionNote = z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), signedInAt: Instant });

const SentProbe = z.object({ messageId: z.string().min(1).max(200), event: ProbeEvent });

/** Keys, sessions, the log, and what doctor asks. */
export const operationCommands = {
  /** The audit log of one edition or, without a date, of the last `days`. Newest first, without readers' addresses. */
  log: {
    input: z.object({
      newsletter: z.string().optional(),
      date: LocalDate.optional(),
      days: z.number().int().min(1).max(31).default(7),
    }),
    output: z.object({ entries: z.array(LogEntry) }),
  },
  /** What keeps every edition from going out. */
  health: {
    input: z.object({}),
    output: z.object({
      /** Items of another version, or damaged, each with the reason. */
      unreadable: z.array(z.string()),
      /** Whether the table was restored from a backup, and no one has accepted it yet. */
      restored: z.boolean(),
      /** Until when a run of the sender has the lease; null: none had it yet. */
      leaseUntil: Instant.nullable(),
      /** Recipients in 24 hours, as SES told the sender; null: no limit, or not known yet. */
      quota: z.number().nullable(),
      /** Newsletters whose subscribers' ids were made by another key; absent: an older deployment, which doesn't check. */
      otherKeys: z.array(z.string()).optional(),
    }),
  },
  /** Mails SES's mailbox simulator, whose events show whether those of readers' mails arrive. */
  "probe send": { input: z.object({}), output: z.object({ sent: z.array(SentProbe) }) },
  /** The events that have not come yet. */
  "probe missing": {
    input: z.object({ sent: z.array(SentProbe).max(10) }),
    output: z.object({ missing: z.array(ProbeEvent) }),
  },
  /** What each signing key is used for, and since when; never a key itself. */
  "keys list": { input: z.object({}), output: z.object({ keys: z.array(KeyNote) }) },
  /** Adds a new key for a use; old ones still verify. */
  "keys rotate": {
    input: z.object({ use: z.enum([...keyUses, "all"]), by, byId }),
    output: z.object({ keys: z.array(KeyNote) }),
  },
  /** People who are signed in at the desk. */
  "desk sessions list": { input: z.object({}), output: z.object({ sessions: z.array(SessionNote) }) },
  /** Ends all of one person's sessions, named by address, id or name. */
  "desk sessions end": {
    input: z.object({ person: z.string().min(1).max(320), by, byId }),
    output: z.object({ ended: z.array(SessionNote) }),
  },
} as const;
