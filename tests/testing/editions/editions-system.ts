import { readHtml } from "#adapters/email-reading/html.ts";
import { readMime } from "#adapters/email-reading/mime.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { memorySchedule } from "#adapters/memory/editions/schedule.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import type { Article } from "#domain/article/article.ts";
import { excerptOf } from "#domain/article/excerpt.ts";
import { pageAlias } from "#domain/article/identity.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { defineConfig } from "#domain/config.ts";
import type { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { LinkTrial } from "#domain/edition/preflight/finding.ts";
import type { Step } from "#domain/edition/timing/schedule.ts";
import { newSource } from "#domain/source/polling.ts";
import { type Instant, toInstant } from "#domain/time/instant.ts";
import { type CheckPorts, check } from "#usecases/editions/check/check.ts";
import { decide } from "#usecases/editions/decide/decide.ts";
import { build } from "#usecases/editions/making/build.ts";
import { correct } from "#usecases/editions/making/correct.ts";
import { draft } from "#usecases/editions/making/draft.ts";
import type { WorkbenchPorts } from "#usecases/editions/ports.ts";
import { runSchedule, type SchedulePorts } from "#usecases/editions/schedule/run-schedule.ts";
import type { Notice } from "#usecases/ports/services.ts";
import { newsletter } from "./edition-fixtures.ts";

export const morning = "2026-11-23T07:00:00.000Z";
const HOUR = 3_600_000;

/** The assemble function over memory, with a clock that the test sets. */
export function system(articles: Article[], over: Partial<NewsletterConfig> = {}, store = deliveryStore()) {
  const notices: Notice[] = [];
  const dispatched: EditionKey[] = [];
  const editions = memoryEditions(store);
  const schedule = memorySchedule();
  const sources = ["gazette", "herald", "courier", "mercury"];
  let clock = morning;
  /** The results of tried links; all others work. */
  const links = new Map<string, Omit<LinkTrial, "url">>();
  const tried: string[] = [];
  /** The sources polled by the freshness gate, its waits and its warnings. */
  const [polled, slept, warnings] = [[] as string[][], [] as number[], [] as string[]];
  const tryLink = async (url: string) => {
    tried.push(url);
    return links.get(url) ?? ({ outcome: "works", why: "answers 200" } as const);
  };
  const config = {
    ...defineConfig({ newsletters: { daily: newsletter() } }),
    newsletters: { daily: newsletter(over) },
  };
  const ports: SchedulePorts & WorkbenchPorts = {
    ledger: { sender: async () => undefined },
    config,
    calendar: calendarsOf(config, () => ""),
    siteUrl: "https://news.example",
    now: () => clock,
    editions,
    articles: {
      seenBetween: async (from, to) =>
        articles.filter(({ seenAt }) => seenAt > from && seenAt <= to).map((one) => excerptOf(one)),
      texts: async (places) =>
        new Map(articles.flatMap((one) => (places.some(({ id }) => id === one.id) ? [[one.id, one.paragraphs]] : []))),
      places: async (hashes) =>
        new Map(
          articles.flatMap(({ sourceId, url, id, seenAt }) => {
            const hash = url === null ? "" : pageAlias(sourceId, url).hash;
            return hashes.includes(hash) ? [[hash, { id, seenAt }]] : [];
          }),
        ),
      read: async (places) => {
        const ids = places.map(({ id }) => id);
        return new Map(articles.flatMap((one) => (ids.includes(one.id) ? [[one.id, excerptOf(one)]] : [])));
      },
    },
    sources: {
      list: async () => sources.map((one) => newSource({ url: `https://${one}.example/feed`, id: one }, morning)),
    },
    htmlReader: async () => readHtml,
    check: (request) => check(checking, request),
    keepPicture: null,
    notifyEditors: async (notice) => void notices.push(notice),
    schedule,
    pollSources: async (ids) => void polled.push([...ids]),
    pages: { tryLink, timeout: 1_000 },
    sleep: async (milliseconds) => void slept.push(milliseconds),
    log: { warn: (message) => void warnings.push(message) },
    dispatch: async (key) => {
      dispatched.push({ newsletter: key.newsletter, date: key.date });
      return { ok: true, value: { state: "freezing", audience: 0 } };
    },
  };
  const checking: CheckPorts = {
    ...ports,
    readMime,
    sender: async () => undefined,
    links: { tryLink, timeout: 1_000 },
  };
  return {
    ports,
    links,
    tried,
    polled,
    slept,
    warnings,
    editions,
    store,
    notices,
    dispatched,
    schedule,
    articles,
    sources,
    at: (instant: Instant) => {
      clock = instant;
    },
    later: (hours: number) => {
      clock = toInstant(Date.parse(clock) + hours * HOUR);
    },
    ask: (request: Request) => ask(ports, request),
    build: (date?: string) => build(ports, { newsletter: "daily", date, by: "ed" }),
    decide: (decision: DecisionInput, by = "ed", key?: string) =>
      decide(ports, { newsletter: "daily", decision, by, key }),
  };
}

type Request = { newsletter: string; date?: string } & (
  | { do: "build"; by: string }
  | { do: "draft"; text: string; subject?: string; replace?: boolean; by: string }
  | { do: "decide"; decision: DecisionInput; by: string; key?: string }
  | { do: "correct"; text?: string; subject?: string; decisions?: number; by: string }
  | { do: "scheduled"; scheduledFor: string; step?: Step }
);

function ask(ports: SchedulePorts, request: Request) {
  switch (request.do) {
    case "build":
      return build(ports, request);
    case "draft":
      return draft(ports, { replace: false, ...request });
    case "decide":
      return decide(ports, request);
    case "correct":
      return correct({ ...ports, updatePublished: async () => undefined }, request);
    case "scheduled":
      return runSchedule(ports, { step: "due", ...request });
  }
}

/** The outcome's value. @throws the fault's message */
export function value<T>(outcome: { ok: true; value: T } | { ok: false; fault: { message: string } }): T {
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return outcome.value;
}
