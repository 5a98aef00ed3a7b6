import type { Edition, EditionKey, Revision } from "#domain/edition/edition.ts";
import { type Instant, toInstant } from "#domain/time/instant.ts";

/** Any content: the simulation is about who gets an edition, not about what it says. */
export const revisionOf = (key: EditionKey): Revision => ({
  rev: 1,
  at: toInstant(0),
  content: {
    ...{ ...key, subject: "News", preheader: "", headlines: [] },
    lead: { storyId: null, title: null, url: null, paragraphs: [], source: null, image: null, reasons: [] },
  },
  email: { subject: "News", html: "<p>News</p>", text: "News" },
});

export const draftOf = (key: EditionKey, now: Instant): Edition => ({
  ...approvedAt(key, now),
  ...{ state: "draft", approvedAt: null, dueAt: null },
});

export const approvedAt = (key: EditionKey, now: Instant): Edition => ({
  ...{ ...key, state: "approved", reason: null, stage: null, rev: 1, cutoff: null },
  ...{ createdAt: now, approvedAt: now, dueAt: now, latest: null },
  ...{ frozenAt: null, groups: null, size: null, frozen: null },
});
