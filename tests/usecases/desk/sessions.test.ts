import { expect, test } from "vitest";
import { memoryAudit } from "#adapters/memory/desk/audit.ts";
import { memorySessions } from "#adapters/memory/desk/sessions.ts";
import { endSessions, listSessions } from "#usecases/desk/sessions.ts";

const now = "2026-11-30T07:00:00.000Z";
const hour = 3_600_000;

async function desk() {
  const sessions = memorySessions();
  const audit = memoryAudit();
  const people: [hash: string, id: string, name: string, email: string | null, hoursAgo: number][] = [
    ["a1", "sub-ann", "Ann", "ann@paper.example", 1],
    ["a2", "sub-ann", "Ann", "ann@paper.example", 5],
    ["b1", "sub-bo", "Bo", null, 2],
    ["c1", "sub-other", "Bo", "other@paper.example", 3],
    ["old", "sub-bo", "Bo", null, 25],
  ];
  for (const [hash, id, name, email, hoursAgo] of people) {
    const at = Date.parse(now) - hoursAgo * hour;
    const identity = { id, name, email, groups: [] };
    await sessions.put(hash, { identity, signedInAt: at, usedAt: at, askedAt: at, renewal: null });
  }
  return { sessions, audit, now: () => now };
}

test("lists who is signed in, the latest first, without what has ended", async () => {
  const listed = await listSessions(await desk());
  expect(listed).toMatchObject({ ok: true });
  expect(listed.ok && listed.value.sessions.map(({ id }) => id)).toEqual(["sub-ann", "sub-bo", "sub-other", "sub-ann"]);
  expect(JSON.stringify(listed)).not.toContain("a1");
});

test.each(["ann@paper.example", "ANN@paper.example ", "sub-ann", "Ann"])(
  "ends all sessions of %s, and no other",
  async (person) => {
    const ports = await desk();
    const ended = await endSessions(ports, { person, by: "olga" });
    expect(ended.ok && ended.value.ended).toHaveLength(2);
    expect(await ports.sessions.get("a1")).toBeUndefined();
    expect(await ports.sessions.get("a2")).toBeUndefined();
    expect(await ports.sessions.get("b1")).toBeDefined();
    const [entry] = await ports.audit.day("2026-11-30");
    expect(entry).toMatchObject({ did: "desk sessions end", by: "olga", subjects: ["sub-ann"], note: "2 ended" });
  },
);

test("asks which of two people of one name, and ends neither's", async () => {
  const ports = await desk();
  expect(await endSessions(ports, { person: "Bo", by: "olga" })).toMatchObject({ fault: { code: "bad-request" } });
  expect(await ports.sessions.get("b1")).toBeDefined();
  expect(await endSessions(ports, { person: "nobody", by: "olga" })).toMatchObject({ value: { ended: [] } });
});
