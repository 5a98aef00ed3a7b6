import { readHtml } from "#adapters/email-reading/html.ts";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";
import { memoryPushKeys } from "#adapters/memory/articles/push.ts";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import { consentStore, memoryConsent } from "#adapters/memory/audience/consent.ts";
import { memoryErasure, memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import { memoryDeadLetters } from "#adapters/memory/delivery/dead-letters.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryProbes } from "#adapters/memory/delivery/probes.ts";
import { memoryAudit } from "#adapters/memory/desk/audit.ts";
import { memorySessions } from "#adapters/memory/desk/sessions.ts";
import { memoryTestMails } from "#adapters/memory/desk/test-mails.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { memoryNotices } from "#adapters/memory/editions/notices.ts";
import { memoryWorth } from "#adapters/memory/editions/worth.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import type { ReaderRequest } from "#domain/audience/reader-request.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import { defineConfig } from "#domain/config.ts";
import type { DeadMessage, DeadQueue } from "#domain/delivery/resolving/dead-letter.ts";
import type { EditionState } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import { editionView, noContent } from "#domain/edition/views/view.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { answer } from "#functions/command/answer.ts";
import { commandTable, type Ports } from "#functions/command/table.ts";
import type { Mail } from "#usecases/editions/sending/test-send.ts";
import type { SecurityEvent } from "#usecases/ports/services.ts";
import { articles } from "./editions/edition-fixtures.ts";

export const now = "2026-11-23T23:30:00.000Z";
/** The candidates of the edition. */
const candidates = articles(6);
export const noDeliveries = {
  audience: 0,
  accepted: 0,
  refused: 0,
  failed: 0,
  skipped: 0,
  held: 0,
  unknown: 0,
  waiting: 0,
};

/** A command function over stores in memory, which records its invocations of other functions. */
export function setting() {
  const store = deliveryStore();
  const editions = memoryEditions(store);
  const ledger = memoryLedger(store);
  const items = new Map<string, Subscriber>();
  const consents = consentStore();
  const subscribers = { ...memorySubscribers(items, consents), ...memoryErasure(items) };
  const consent = memoryConsent(consents);
  const worth = memoryWorth();
  const requests: ReaderRequest[] = [];
  const unsuppressed: string[] = [];
  const audit = memoryAudit();
  const sources = memorySources();
  const calls = {
    build: [] as object[],
    scheduled: [] as object[],
    dispatch: [] as unknown[],
    ingest: [] as object[],
    /** Addresses that can't be fetched. */
    unread: [] as string[],
    check: [] as object[],
  };
  const letters: Record<DeadQueue, DeadMessage[]> = { kicks: [], feedback: [], clock: [] };
  const returned: string[] = [];
  let secrets = 0;
  const mails: Mail[] = [];
  const logged: unknown[] = [];
  const security: SecurityEvent[] = [];
  const sender = { from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" };

  /** Stores an edition with a revision, as assemble does. */
  const put = async (date: string, state: EditionState = "draft", frozenAt: string | null = null) => {
    const edition = newEdition({ newsletter: "daily", date, now, rev: 1, cutoff: now });
    await editions.create({ ...edition, state, frozenAt, approvedAt: frozenAt });
    await editions.putRevision(edition, {
      rev: 1,
      at: now,
      content: { ...noContent(edition), subject: `News of ${date}`, preheader: "More" },
      email: { subject: "{{b}}News{{e}}", html: '<a href="{{unsubscribe}}">', text: "{{unsubscribe}}" },
    });
  };

  const config = defineConfig({
    newsletters: {
      daily: { title: "Daily", ...sender, timeZone: "Asia/Tokyo", editors: ["me@example.com"] },
      weekly: { title: "Weekly", ...sender },
    },
  });
  const ports: Ports = {
    config,
    calendar: calendarsOf(config, () => ""),
    siteUrl: "https://news.example.com/",
    now: () => now,
    editions,
    ledger,
    subscribers,
    consent,
    unsuppress: async (address) => void unsuppressed.push(address),
    pause: async () => undefined,
    requests: { put: async (request) => void requests.push(request) },
    warmUps: memoryWarmUps(),
    notices: memoryNotices(),
    worth,
    audit,
    sources,
    whyNotFetched: (url) => (/^https?:\/\/(10|127)\./.test(url) ? `${url} is not fetched: it is not public.` : null),
    pushKeys: memoryPushKeys(),
    newSecret: () => {
      secrets += 1;
      return secrets.toString(16).padStart(48, "0");
    },
    secretKeys: {
      read: async () => ({ id: "k1", key: "a secret of at least thirty-two letters" }),
      write: async () => undefined,
    },
    keys: async () => ({ id: "k1", key: "a secret of at least thirty-two letters" }),
    articles: { ...memoryArticles(), seenBetween: async () => candidates },
    fetchPage: async (url) =>
      calls.unread.includes(url)
        ? fault("fetch-failed", `${url} returned 404. Check the address in a browser.`)
        : done({ url, title: "Ferry returns", source: "The Gull", summary: "It sails.", image: null, language: "en" }),
    keepPicture: null,
    notifyEditors: async () => undefined,
    htmlReader: async () => readHtml,
    build: async (request) => {
      calls.build.push(request);
      await put(request.date ?? "2026-11-24");
      const edition = newEdition({ newsletter: "daily", date: request.date ?? "2026-11-24", now, rev: 1, cutoff: now });
      return done(editionView(edition, noContent(edition), noDeliveries, null));
    },
    makeScheduled: async (due) => {
      calls.scheduled.push(due);
      return done(due);
    },
    check: async ({ newsletter, date = "none", links }) => {
      calls.check.push({ newsletter, date, links });
      const checked = { newsletter, date, rev: 1, hash: "5e1f", at: now, ready: true, findings: [] };
      return done({ ...checked, links: links ? [] : null, message: null });
    },
    updatePublished: async () => undefined,
    dispatch: async (key) => {
      calls.dispatch.push(key);
      await editions.update(key, { state: "sending", frozenAt: now, frozen: 3 });
      return done({ state: "sending", audience: 3 });
    },
    ingest: async (request) => {
      calls.ingest.push(request);
      return { reports: calls.unread.flatMap((url) => (request.check === url ? [unreadReport(url)] : [])) };
    },
    dead: {
      kicks: memoryDeadLetters(letters.kicks),
      feedback: memoryDeadLetters(letters.feedback),
      clock: memoryDeadLetters(letters.clock),
    },
    putBack: {
      kicks: async (body) => void returned.push(`kicks ${body}`),
      feedback: async (body) => void returned.push(`feedback ${body}`),
    },
    senderVerified: async () => true,
    anySubscriber: async (newsletter) => subscribers.anyActive(newsletter),
    sessions: memorySessions(),
    probes: memoryProbes(),
    testMails: memoryTestMails(),
    noteSecurity: (event) => void security.push(event),
    log: { warn: (...line) => void logged.push(line), error: (...line) => void logged.push(line) },
    sendOne: async (mail) => {
      mails.push(mail);
      return "message-1";
    },
  };
  const ask = async (request: unknown, change: Partial<Ports> = {}): Promise<Outcome<unknown>> => {
    const calendar = calendarsOf(change.config ?? config, () => "");
    const { ok, ...rest } = await answer(commandTable({ ...ports, calendar, ...change }), request, (...line) =>
      logged.push(line),
    );
    if (ok) return done(rest);
    return "fault" in rest ? fault(rest.fault.code, rest.fault.message) : fault("internal", "no fault was given");
  };
  return {
    ...ports,
    worth,
    ask,
    put,
    calls,
    mails,
    unsuppressed,
    logged,
    security,
    letters,
    returned,
    audit,
    editions,
    ledger,
    subscribers,
    consent,
    readerRequests: requests,
    sources,
  };
}

const unreadReport = (url: string): SourceReport => ({
  source: "unread",
  title: "unread",
  url,
  outcome: "failed",
  ...{ fresh: 0, changed: 0, same: 0, dropped: 0, overLimit: false, refused: [], movedTo: null },
  error: `${url} returned 404. There is no such page: check the address, or remove the source.`,
});
