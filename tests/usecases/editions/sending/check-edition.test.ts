import { beforeEach, describe, expect, test } from "vitest";
import type { Finding } from "#domain/edition/preflight/finding.ts";
import { done } from "#domain/outcome.ts";
import { now, setting } from "../../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;
beforeEach(async () => {
  system = setting();
  await system.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com"] });
  await system.put("2026-11-24");
});
const key = { newsletter: "daily", date: "2026-11-24" };

const finding = (point: string, level: Finding["level"], final = false): Finding => ({
  ...{ point, level, final, at: { part: "lead", story: null } },
  message: `${point} is not right.`,
});
const finds = (...findings: Finding[]) => ({
  check: async () =>
    done({ ...key, rev: 1, hash: "5e1f", at: now, ready: false, findings, links: null, message: null }),
});

describe.each([
  ["send", { do: "send", newsletter: "daily", by: "ed" }],
  ["approve", { do: "approve", newsletter: "daily", by: "ed" }],
  ["schedule", { do: "schedule", newsletter: "daily", at: "23:00", by: "ed" }],
])("%s", (_, request) => {
  test("is refused in words by what a check finds against it, and changes nothing", async () => {
    const before = await system.editions.get(key);
    const found = finds(finding("B30", "blocker"), finding("C18", "blocker"), finding("B2", "warning"));
    expect(await system.ask(request, found)).toMatchObject({
      fault: {
        code: "blocked",
        message: expect.stringMatching(/is not sent\. B30 is not right\. C18 is not right\. .*--anyway\.$/),
      },
    });
    expect(await system.editions.get(key)).toEqual(before);
    expect(await system.editions.decisions(key)).toEqual([]);
    expect(system.calls.dispatch).toEqual([]);
  });

  test("is approved despite a finding if someone says so, and the log keeps what was waived", async () => {
    const found = finds(finding("B30", "blocker"), finding("B2", "warning"));
    expect(await system.ask({ ...request, anyway: true }, found)).toMatchObject({
      value: { findings: [{ point: "B30" }, { point: "B2" }] },
    });
    expect(await system.editions.decisions(key)).toMatchObject([{ do: "approve", by: "ed", waived: ["B30"] }]);
  });

  test("never goes on against the law", async () => {
    const found = finds(finding("B35", "blocker", true), finding("B30", "blocker"));
    expect(await system.ask({ ...request, anyway: true }, found)).toMatchObject({
      fault: { code: "blocked", message: expect.stringMatching(/B35 is not right\. It can't be sent like this\.$/) },
    });
    expect(await system.editions.get(key)).toMatchObject({ state: "draft" });
  });

  test("shows warnings and is not kept by them", async () => {
    const answer = await system.ask(request, finds(finding("B2", "warning")));
    expect(answer).toMatchObject({ value: { findings: [{ point: "B2" }] } });
    expect(await system.editions.decisions(key)).toEqual([expect.not.objectContaining({ waived: expect.anything() })]);
  });

  test("tries no link", async () => {
    await system.ask(request);
    expect(system.calls.check).toEqual([{ ...key, links: false }]);
  });
});

test("an edition that some have already is not checked again: the rest get what they have", async () => {
  await system.editions.update(key, { state: "held", frozenAt: now, frozen: null });
  expect(await system.ask({ do: "send", newsletter: "daily" }, finds(finding("B35", "blocker", true)))).toMatchObject({
    ok: true,
  });
});
