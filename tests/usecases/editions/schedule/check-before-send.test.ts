import { describe, expect, test } from "vitest";
import { articles } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";

const news = () => articles(40, (n) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" }));
const key = { newsletter: "daily", date: "2026-11-23" };
const due = { do: "scheduled", newsletter: "daily", scheduledFor: morning } as const;
const unfinished = { do: "rewrite", story: "2", title: "TK the mayor says" } as const;
const finished = { do: "rewrite", story: "2", title: "The mayor says no" } as const;

/** A draft with a headline that is yet to be written. */
async function unready() {
  const app = system(news());
  value(await app.build());
  value(await app.decide(unfinished));
  return app;
}

describe("a scheduled edition that a check would stop", () => {
  test("stays a draft with the reason in a sentence, and the editors are notified once", async () => {
    const { ask, editions, dispatched, notices } = await unready();
    const view = value(await ask(due));
    expect(view).toMatchObject({
      state: "draft",
      reason: expect.stringMatching(/^Not sent when .*Headline 2 says “TK”/),
    });
    expect(await editions.get(key)).toMatchObject({ dueAt: morning, approvedAt: null });
    value(await ask(due));
    expect(dispatched).toEqual([]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ subject: "Not sent: The Daily Trial, 2026-11-23" });
    expect(notices[0]?.text).toContain(
      "  - Headline 2 says “TK”, which marks text that is yet to be written. Write it.",
    );
    expect(notices[0]?.text).toContain("edition send daily --date 2026-11-23 --anyway");
  });

  test("goes out once an editor has fixed it, and no longer says why it did not", async () => {
    const { ask, decide, dispatched } = await unready();
    value(await ask(due));
    expect(value(await decide(finished))).toMatchObject({ state: "draft", reason: null });
    expect(value(await ask(due))).toMatchObject({ state: "approved" });
    expect(dispatched).toEqual([key]);
  });

  test("is not offered to be sent all the same where the law would not have it", async () => {
    const { ask, ports, build, notices } = system(news(), { postalAddress: "—" });
    value(await build());
    value(await ask(due));
    expect(notices[0]?.text).toContain("no postal address");
    expect(notices[0]?.text).not.toContain("--anyway");
    expect(ports.config.newsletters.daily?.postalAddress).toBe("—");
  });
});

describe("links", () => {
  test("that do not open stop nothing: the edition goes out, and its editors hear of them", async () => {
    const { ask, build, links, dispatched, notices, tried } = system(news());
    const { lead, headlines } = value(await build());
    links.set(lead.url ?? "", { outcome: "dead", why: "answers 404: there is no such page" });
    links.set(headlines[0]?.url ?? "", { outcome: "untestable", why: "answers 403, perhaps only to programs" });
    value(await ask(due));
    value(await ask(due));
    expect(dispatched.length).toBeGreaterThan(0);
    expect(new Set(tried).size).toBe(18);
    expect(notices.map(({ subject }) => subject)).toEqual(["Links that do not open: The Daily Trial, 2026-11-23"]);
    expect(notices[0]?.text).toContain(`${lead.url} answers 404`);
    expect(notices[0]?.text).not.toContain("answers 403");
  });

  test("are tried for the editor who has to approve, together with all other checks", async () => {
    const { ask, build, decide, links, notices } = system(news(), { mode: "approve" });
    const { lead } = value(await build());
    value(await decide(unfinished));
    links.set(lead.url ?? "", { outcome: "refused", why: "leads to no address of the public internet" });
    value(await ask(due));
    const [notice] = notices;
    expect(notice?.subject).toMatch(/^Waiting for you/);
    expect(notice?.text).toMatch(/Worth a look before:\n\n {2}- Headline 2 says “TK”.*\n {2}- The link of the lead, /s);
  });

  test("can't be tried without a network, which changes nothing", async () => {
    const { ask, build, ports, dispatched, notices } = system(news());
    value(await build());
    const check = ports.check;
    ports.check = async (requests) => {
      const checked = await check(requests);
      return checked.ok && requests.links ? { ok: false, fault: { code: "internal", message: "no network" } } : checked;
    };
    expect(value(await ask(due)).state).toBe("approved");
    expect([dispatched, notices]).toEqual([[key], []]);
  });
});

test("a correction that a check would stop is not stored", async () => {
  const { ask, editions } = await unready();
  await editions.update(key, { state: "sending", frozenAt: morning, approvedAt: morning });
  const text = "Lorem ipsum dolor.\n\nOne headline\nAnother headline\n";
  expect(await ask({ do: "correct", ...key, by: "ed", text })).toMatchObject({
    fault: { code: "blocked", message: expect.stringContaining("“Lorem ipsum”") },
  });
  expect(await editions.get(key)).toMatchObject({ rev: 2 });
});
