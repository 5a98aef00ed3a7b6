import type { AuditEntry } from "#domain/audit.ts";
import type { ProbeEvent } from "#domain/delivery/resolving/probe.ts";
import type { SessionHolder } from "#domain/desk/session.ts";
import type { EditionKey, EditionState } from "#domain/edition/edition.ts";
import type { Outcome } from "#domain/outcome.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";

/** Services that use cases need besides their stores. */

export type AuditLog = {
  append(entry: AuditEntry): Promise<void>;
  day(date: LocalDate): Promise<AuditEntry[]>;
};

/** Events about mails to SES's mailbox simulator. */
export type Probes = {
  arrived(messageId: string, event: ProbeEvent, at: Instant): Promise<void>;
  events(messageId: string): Promise<ProbeEvent[]>;
};

/** People's sessions at the desk. */
export type SessionStore = {
  /** All sessions of the last day. */
  holders(): Promise<SessionHolder[]>;
  /** Ends it for every copy of its cookie. */
  remove(hash: string): Promise<void>;
};

/** A security event that people should see; one alarm watches for them. `about` names no reader and no secret. */
export type SecurityEvent = {
  readonly kind: "sign-in-failed" | "test-mails" | "new-key" | "source-moved";
  readonly about: Readonly<Record<string, string>>;
};
export type NoteSecurity = (event: SecurityEvent) => void;

/** Starts the delivery of an approved edition, or wakes the sender for a frozen one; repeating it is harmless. */
export type Dispatch = (key: EditionKey) => Promise<Outcome<{ state: EditionState; audience: number }>>;

/** A mail to the people who edit a newsletter. */
export type Notice = { readonly newsletter: string; readonly subject: string; readonly text: string };

/** Mails a newsletter's editors. */
export type Notify = (notice: Notice) => Promise<void>;

/**
 * Log lines for people. Never an address, a token or a secret: editions, batches and attempts are named by their keys.
 */
export type Log = {
  info(message: string, fields: Record<string, unknown>): void;
  warn(message: string, fields: Record<string, unknown>): void;
  /** A person has to act; an alarm watches for these. */
  error(message: string, fields: Record<string, unknown>): void;
};

/** The time for a long-running use case; tests and the simulation set it. */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  /** Monotonic milliseconds. */
  mono(): number;
  sleep(milliseconds: number): Promise<void>;
};
