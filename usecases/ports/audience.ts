import type { AudienceDays } from "#domain/audience/audience-day.ts";
import type { Cause, ConsentEvent } from "#domain/audience/consent/consent-event.ts";
import type { Contact } from "#domain/audience/limits/contact.ts";
import type { ReaderRequest, Reminder } from "#domain/audience/reader-request.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { WarmUp } from "#domain/audience/warm-up.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";

/**
 * Where subscribers are kept, with their consent and their requests. A method that returns `boolean` is one conditional
 * write: false means that the condition didn't hold and nothing was written.
 */

/** A subscriber before and after a change, with who changed it and why. */
export type SubscriberChange = { before: Subscriber | undefined; after: Subscriber; cause?: Cause | undefined };

export type SubscriberStore = {
  get(newsletter: string, id: string): Promise<Subscriber | undefined>;
  /** By id; a subscriber that is missing from the result doesn't exist. */
  getMany(newsletter: string, ids: readonly string[], consistent: boolean): Promise<Map<string, Subscriber>>;
  /**
   * The same, strongly consistent, by reading the whole range from the first to the last of these ids; cheaper if most
   * of the range is needed.
   */
  getSpan(newsletter: string, ids: readonly string[]): Promise<Map<string, Subscriber>>;
  /** Whether each change was written, in order. False: the subscriber isn't as it was read. */
  write(newsletter: string, changes: readonly SubscriberChange[]): Promise<boolean[]>;
  /** A shard's subscribers, strongly consistent, in the order of their ids. */
  walkShard(newsletter: string, shard: number): AsyncIterable<Subscriber>;
  page(
    newsletter: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ subscribers: Subscriber[]; next: string | null }>;
  anyActive(newsletter: string): Promise<boolean>;
  /** Approximate number of active subscribers. */
  count(newsletter: string): Promise<number>;
  /** Changes of the audience since a date. */
  audienceDays(newsletter: string, from: LocalDate): Promise<AudienceDays>;
};

/** Deleting subscribers; separate, because few functions are allowed to. */
export type SubscriberErasure = {
  /** False: the subscriber isn't as it was read. */
  erase(newsletter: string, before: Subscriber, at: Instant): Promise<boolean>;
};

export type ContactChange = { before: Contact | undefined; after: Contact };

/** What is stored about a reader besides the subscription, without addresses. */
export type ConsentStore = {
  append(newsletter: string, id: string, event: ConsentEvent): Promise<void>;
  /** Oldest first. */
  history(newsletter: string, id: string): Promise<ConsentEvent[]>;
  contact(newsletter: string, id: string): Promise<Contact | undefined>;
  /** False: the contact has changed since it was read. */
  putContact(newsletter: string, id: string, change: ContactChange, ttlSeconds: number): Promise<boolean>;
  /** Which of these readers were erased. */
  erased(newsletter: string, ids: readonly string[]): Promise<Set<string>>;
  /** Deletes everything, and marks the reader as erased. */
  erase(newsletter: string, id: string, at: Instant): Promise<void>;
  /** Removes the mark, because the reader subscribed at this time, unless they were erased later. */
  unerase(newsletter: string, id: string, subscribedAt: Instant): Promise<void>;
};

/** The state of a newsletter's warm-up. */
export type WarmUpStore = {
  /** Undefined: no reader was imported. */
  get(newsletter: string): Promise<WarmUp | undefined>;
  /** False: it has changed since it was read. */
  put(newsletter: string, warmUp: WarmUp): Promise<boolean>;
};

/** Readers to remind to confirm. */
export type ReminderStore = {
  put(reminder: Reminder): Promise<void>;
  due(now: Instant): Promise<Reminder[]>;
  /** False: another run took it. */
  take(reminder: Reminder): Promise<boolean>;
};

/** The queue of readers' requests that are answered by mail. */
export type RequestQueue = { put(request: ReaderRequest, delaySeconds: number): Promise<void> };
