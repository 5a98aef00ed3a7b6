import type { UndecidedCall } from "#domain/delivery/resolving/undecided-call.ts";
import type { Counts, EditionView } from "#domain/edition/edition.ts";
import type { Check } from "#domain/edition/preflight/finding.ts";
import type { EditionOutlook } from "#domain/edition/timing/outlook.ts";
import type { Plan } from "#domain/edition/timing/plan.ts";
import type { Board, BoardDay, BoardNewsletter } from "#domain/edition/views/board.ts";
import type { Results } from "#domain/edition/views/results.ts";
import { fault } from "#domain/outcome.ts";
import type { CommandOutput } from "#functions/command/contract.ts";

export const now = "2026-11-24T04:00:00.000Z";
export const hash = "ab".repeat(32);

const noCounts: Counts = {
  audience: 0,
  accepted: 0,
  refused: 0,
  failed: 0,
  skipped: 0,
  held: 0,
  unknown: 0,
  waiting: 0,
};

export const edition = (
  change: Partial<Omit<EditionView, "counts">> & { counts?: Partial<Counts> } = {},
): EditionView => ({
  newsletter: "daily",
  date: "2026-11-24",
  state: "draft",
  reason: null,
  rev: 3,
  subject: "Harbour bridge <opens> to cyclists",
  preheader: "More",
  lead: { storyId: null, title: "Lead", url: null, paragraphs: ["Text"], source: null, image: null, reasons: [] },
  headlines: [],
  bytes: { html: 22_000, text: 4_000 },
  hash,
  ...change,
  counts: { ...noCounts, ...change.counts },
});

/** What happens to an edition next. */
export const outlook = (change: Partial<EditionOutlook> = {}): EditionOutlook => ({
  ...{ kind: "goes-out", at: null, latest: null, needsPerson: false, isUrgent: false, text: "Something." },
  ...change,
});

/** Due at seven in London, three hours from `now`, and its newsletter sends by itself. */
export const plan = (change: Partial<Plan> = {}): Plan => {
  const own = { at: "2026-11-24T07:00:00.000Z", latest: "2026-11-24T10:00:00.000Z", note: null };
  return {
    newsletter: "daily",
    date: "2026-11-24",
    timeZone: "Europe/London",
    own,
    due: own,
    outlook: {
      kind: "goes-out",
      at: own.at,
      latest: own.latest,
      needsPerson: false,
      isUrgent: false,
      text: "Goes out by itself Tue 24 Nov 07:00 Europe/London.",
    },
    counts: null,
    subject: "Harbour bridge <opens> to cyclists",
    warmUp: null,
    replaces: "Then nothing goes out at 07:00 today.",
    asked: null,
    approvedAt: null,
    approvedBy: null,
    changedBy: "Edith",
    secondPerson: false,
    readers: 12_340,
    subscribed: 12_340,
    bounced: 0,
    complained: 0,
    rejected: 0,
    rate: 23,
    seconds: 540,
    cohorts: [],
    finishAt: "2026-11-24T07:09:00.000Z",
    warning: null,
    dollars: 1.234,
    dollarsBesides: 0.74,
    ...change,
  };
};

export const check = (findings: Check["findings"] = []): Check => ({
  newsletter: "daily",
  date: "2026-11-24",
  rev: 3,
  hash,
  at: now,
  ready: findings.every(({ level }) => level === "warning"),
  findings,
  links: null,
  message: null,
});

const source = (id: string, change: object = {}): CommandOutput<"source list">["sources"][number] => ({
  id,
  kind: "feed",
  url: `https://${id}.example/feed.xml`,
  addedUrl: null,
  movingTo: null,
  movingSince: null,
  movingPolls: 0,
  landedOn: null,
  landedArticles: 0,
  landedBytes: 0,
  limitReportedAt: null,
  title: `The ${id}`,
  weight: 1,
  addedAt: now,
  removedAt: null,
  returnedAt: null,
  etag: null,
  lastModified: null,
  lastPolledAt: now,
  lastArticleAt: now,
  nextPollAt: now,
  failures: 0,
  lastError: null,
  reportedAt: null,
  articles: 120,
  used: 7,
  ...change,
});

export const boardDay = (date: string, change: Partial<BoardDay> = {}): BoardDay => ({
  date,
  state: "finished",
  subject: `News of ${date}`,
  reason: null,
  audience: 12_340,
  accepted: 12_322,
  unknown: 0,
  held: 0,
  bounced: 9,
  complained: 0,
  seconds: 540,
  outlook: {
    kind: "sent",
    at: null,
    latest: null,
    needsPerson: false,
    isUrgent: false,
    text: "Sent. 12,322 accepted.",
  },
  heartbeat: null,
  ...change,
});

const days = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `2026-11-${String(from + n).padStart(2, "0")}`);

/** A quiet newsroom: today's draft, tomorrow not drafted, and a fortnight of sent editions with one skipped. */
export const board = (change: Partial<BoardNewsletter> = {}, failing: Board["sources"]["failing"] = []): Board => ({
  newsletters: [
    {
      name: "daily",
      title: "The Daily",
      language: "en",
      timeZone: "Europe/London",
      localTime: false,
      readers: 12_340,
      next: [
        {
          plan: plan(),
          edition: boardDay("2026-11-24", { state: "draft", subject: "Snow <at> last", audience: 0, accepted: 0 }),
        },
        {
          plan: plan({
            date: "2026-11-25",
            outlook: outlook({ at: "2026-11-25T07:00:00.000Z", text: "Goes out by itself." }),
          }),
          edition: boardDay("2026-11-25", { state: null, subject: "", audience: 0, accepted: 0 }),
        },
      ],
      past: days(10, 23).map((date) => boardDay(date, date === "2026-11-15" ? { state: "skipped", accepted: 0 } : {})),
      ahead: days(26, 30).map((date) => ({
        date,
        outlook: outlook(date === "2026-11-28" ? { kind: "no-time" } : { at: `${date}T07:00:00.000Z` }),
        note: null,
      })),
      ...change,
    },
  ],
  sources: { total: 12, failing },
});

/** A fortnight of editions, newest first, the last week of it counted. */
const results = (): Results => ({
  newsletter: "daily",
  of: "2026-11-23",
  editions: days(10, 23)
    .toReversed()
    .map((date, at) => ({
      ...{ date, state: "finished" as const, subject: `News of ${date} <b>`, audience: 12_340 - 40 * at },
      ...{ accepted: 12_322 - 40 * at, delivered: 12_295 - 40 * at, bounced: 27 - at, complained: at % 3, rejected: 0 },
      ...{ unknown: 0, held: 0, waiting: 0, worth: at === 0 ? { yes: 262, no: 50 } : null },
      audienceChange: at > 6 ? null : { joined: 60 - at, left: 12 + at, removed: 1, bounced: 4, complained: 0 },
    })),
  causes: [
    { kind: "hard-bounce", deliveries: 20 },
    { kind: "blocked", deliveries: 7 },
    { kind: "soft-bounce", deliveries: 1 },
  ],
});

/** What a command function would answer: changed by a test where it matters. */
export const answers = () => ({
  board: board(),
  list: {
    editions: [
      {
        ...{ date: "2026-11-24", state: "draft" as const, subject: "Snow", audience: 0, accepted: 0 },
        worth: null as { yes: number; no: number } | null,
      },
    ],
  },
  check: { check: check() },
  show: { edition: edition(), outlook: plan().outlook, email: null },
  plan: plan(),
  calls: { calls: [] as UndecidedCall[], more: 0 },
  results: results(),
  "source list": {
    sources: [
      source("times"),
      source("post", { failures: 3, lastError: "It answers with 503.", title: "<b>Post</b>" }),
    ],
  },
  log: {
    entries: [
      {
        at: now,
        by: "Edith",
        what: "rewrite subject",
        newsletter: "daily",
        date: "2026-11-24",
        before: "A",
        after: "B",
      },
    ],
  },
});
export type Answers = ReturnType<typeof answers> & {
  workbench?: CommandOutput<"workbench">;
  decide?: CommandOutput<"decide">;
  build?: CommandOutput<"build">;
};

export function answerTo(known: Answers, request: Record<string, unknown>): object {
  const name = String(request.do);
  const found = Object.entries(known).find(([one]) => one === name)?.[1];
  if (found !== undefined) return { ok: true, ...found };
  if (name === "decide" || name === "workbench") return fault("unknown-story", "There is no such story.");
  const edited = { edition: known.show.edition };
  const more = {
    approve: { due: known.plan.own },
    schedule: { due: known.plan.own },
    resolve: { resolved: 1, batches: [], later: [] },
    retry: { retried: 1 },
    "source add": { source: known["source list"].sources[0] },
    "source remove": { source: known["source list"].sources[0] },
    "source rename": { source: known["source list"].sources[0] },
    ingest: { reports: [] },
  };
  return { ok: true, ...edited, ...Object.entries(more).find(([one]) => one === name)?.[1] };
}
