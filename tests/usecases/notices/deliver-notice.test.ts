import { beforeEach, describe, expect, test } from "vitest";
import { memoryNotices } from "#adapters/memory/editions/notices.ts";
import { defineConfig } from "#domain/config.ts";
import type { NoticeMessage, Webhooks } from "#domain/notices/notice.ts";
import { announcePreviews } from "#usecases/notices/announce-previews.ts";
import { type DeliverPorts, deliverNotice, targetOf } from "#usecases/notices/deliver-notice.ts";
import { articles, newsletter } from "../../testing/editions/edition-fixtures.ts";
import { morning, system } from "../../testing/editions/editions-system.ts";

const hook = { url: "https://hooks.example/secret-path", key: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };
const chat = { kind: "slack" as const, url: "https://chat.example/T0/B0/secret" };
const heartbeat = {
  ...{
    finishedAt: morning,
    seconds: 3,
    minutesAfterDue: 0,
    audience: 2,
    accepted: 2,
    bounced: 0,
    complained: 0,
    waiting: 0,
  },
  ...{ dollars: 0.01, unusual: [] },
};
const key = { newsletter: "daily", date: "2026-11-23" };
const finished: NoticeMessage = { v: 1, kind: "finished", ...key };

let queued: NoticeMessage[];
let posted: { url: string; body: string; headers: Record<string, string> }[];
let events: object[];
let logged: string[];
let fail: string | undefined;
let notices: ReturnType<typeof memoryNotices>;
let ports: DeliverPorts;
beforeEach(async () => {
  [queued, posted, events, logged] = [[], [], [], []];
  fail = undefined;
  notices = memoryNotices();
  await notices.saveHeartbeat(key, heartbeat);
  const webhooks: Webhooks = {
    finished: [hook],
    preview: [chat, { ...chat, url: "https://other.example", newsletters: ["weekly"] }],
  };
  const line = (message: string, fields: object) => void logged.push(JSON.stringify({ message, ...fields }));
  ports = {
    config: { name: "broadsheet", newsletters: { daily: newsletter() } },
    siteUrl: "https://www.harbour.org",
    editions: system(articles(12)).editions,
    notices,
    webhooks: async () => webhooks,
    putEvent: async (type, detail) => void events.push({ type, detail }),
    post: async (url, body, headers = {}) => {
      if (fail !== undefined) throw new Error(fail);
      posted.push({ url, body, headers: { ...headers } });
    },
    enqueue: async (message) => void queued.push(message),
    now: () => morning,
    log: { info: line, warn: line, error: line },
  };
});

describe("a finished edition", () => {
  test("is split into one notice for each receiver, which names no address", async () => {
    await deliverNotice(ports, finished);
    expect(queued).toEqual([
      { ...finished, target: "event-bus" },
      { ...finished, target: targetOf(hook.url) },
    ]);
    expect(posted).toEqual([]);
  });

  test("is posted, signed, with an id that stays the same, and put on the bus", async () => {
    for (const target of ["event-bus", targetOf(hook.url), targetOf(hook.url)])
      await deliverNotice(ports, { ...finished, target });
    expect(events).toEqual([{ type: "Edition Finished", detail: expect.objectContaining({ ...key, ...heartbeat }) }]);
    expect(posted.map(({ url }) => url)).toEqual([hook.url, hook.url]);
    expect(JSON.parse(posted[0]?.body ?? "")).toMatchObject({ type: "edition.finished", ...key, accepted: 2 });
    expect(posted[0]?.headers).toMatchObject({
      "webhook-id": "broadsheet.daily.2026-11-23.finished",
      "webhook-signature": expect.stringMatching(/^v1,/),
    });
    expect(posted[1]?.headers["webhook-id"]).toBe(posted[0]?.headers["webhook-id"]);
  });

  test("comes again when a receiver fails, and no log has an address or a key", async () => {
    fail = "it answered 503";
    await expect(deliverNotice(ports, { ...finished, target: targetOf(hook.url) })).rejects.toThrow("it answered 503");
    expect(logged.join()).toContain("it answered 503");
    expect(logged.join()).not.toMatch(/hooks\.example|secret-path|whsec/);
  });

  test("whose receiver was taken out meanwhile is dropped", async () => {
    await deliverNotice(ports, { ...finished, target: targetOf("https://gone.example") });
    expect(posted).toEqual([]);
  });
});

describe("an edition that is due in an hour", () => {
  const dueAt = "2026-11-23T07:30:00.000Z";
  const preview: NoticeMessage = { v: 1, kind: "preview", ...key, dueAt };

  test("is announced as waiting, in mode auto too, if a second person has to approve what someone changed", async () => {
    const words = async (change: boolean) => {
      const set = system(articles(12), { secondPerson: true });
      await set.build();
      if (change) await set.decide({ do: "rewrite", subject: "My own words" }, "Ana");
      const config = { name: "broadsheet", newsletters: { daily: newsletter({ secondPerson: true }) } };
      await deliverNotice({ ...ports, config, editions: set.editions }, { ...preview, target: targetOf(chat.url) });
      return posted.at(-1)?.body;
    };
    expect(await words(false)).toContain("goes out at");
    expect(await words(true)).toContain("waits for approval");
  });

  test("is announced once, as long as it is a draft, and to the chats of its newsletter", async () => {
    const set = system(articles(12));
    await set.build();
    const marked = memoryNotices();
    const announce = {
      ...{ config: defineConfig({ newsletters: { daily: newsletter() } }), editions: set.editions, notices: marked },
      schedule: { scheduled: async () => [scheduled(dueAt)] },
      ...{ enqueue: ports.enqueue, now: ports.now, log: ports.log },
    };
    expect(await announcePreviews(announce)).toEqual(["daily 2026-11-23"]);
    expect(await announcePreviews(announce)).toEqual([]);
    expect(queued).toEqual([preview]);
    queued = [];
    await deliverNotice({ ...ports, editions: set.editions }, preview);
    expect(queued.map(({ target }) => target)).toEqual([targetOf(chat.url)]);
    await deliverNotice({ ...ports, editions: set.editions }, { ...preview, target: targetOf(chat.url) });
    expect(posted.map(({ url }) => url)).toEqual([chat.url]);
    expect(posted[0]?.body).toContain("https://www.harbour.org/desk/daily/2026-11-23/send");
  });

  test("isn't announced too early, too late, when it is done, or without anyone to tell", async () => {
    const set = system(articles(12));
    await set.build();
    const at = (due: string, change: object = {}) =>
      announcePreviews({
        ...{ config: defineConfig({ newsletters: { daily: newsletter() } }), editions: set.editions },
        notices: memoryNotices(),
        schedule: { scheduled: async () => [{ ...scheduled(due), ...change }] },
        ...{ enqueue: ports.enqueue, now: ports.now, log: ports.log },
      });
    expect(await at("2026-11-23T08:30:00.000Z")).toEqual([]);
    expect(await at("2026-11-23T06:59:00.000Z")).toEqual([]);
    expect(await at(dueAt, { doneAt: morning })).toEqual([]);
    expect(await at(dueAt, { dueAt: null })).toEqual([]);
    expect(queued).toEqual([]);
  });

  test("that went out or was cancelled meanwhile is not announced any more", async () => {
    await deliverNotice(ports, { ...preview, target: targetOf(chat.url) });
    await deliverNotice(
      { ...ports, now: () => "2026-11-23T07:31:00.000Z" },
      { ...preview, target: targetOf(chat.url) },
    );
    expect(posted).toEqual([]);
  });
});

const scheduled = (dueAt: string) => ({
  ...{ newsletter: "daily", date: "2026-11-23", draftAt: dueAt, gateAt: dueAt, dueAt, latest: dueAt },
  ...{ plannedAt: morning, draftedAt: null, gatedAt: null, triedAt: null, doneAt: null, n: 1 },
});
