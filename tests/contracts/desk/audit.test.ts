import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoAudit } from "#adapters/dynamo/desk/audit.ts";
import { memoryAudit } from "#adapters/memory/desk/audit.ts";
import type { AuditEntry } from "#domain/audit.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const entry = (at: string, did: string): AuditEntry => ({
  at,
  by: "ed",
  did,
  newsletter: "daily",
  subjects: ["00ff"],
  note: null,
});

describe.each([
  ["dynamo", () => dynamoAudit(server.table)],
  ["memory", () => memoryAudit()],
])("the audit log in %s", (_, open) => {
  test("keeps every entry of a day, oldest first, even two of one instant", async () => {
    const audit = open();
    const late = entry("2026-11-23T09:00:00.000Z", "source add");
    const early = entry("2026-11-23T08:00:00.000Z", "subscriber add");
    const another = entry("2026-11-24T00:00:00.000Z", "source remove");
    for (const one of [late, early, early, another]) await audit.append(one);
    expect(await audit.day("2026-11-23")).toEqual([early, early, late]);
    expect(await audit.day("2026-11-24")).toEqual([another]);
    expect(await audit.day("2026-11-25")).toEqual([]);
  });
});
