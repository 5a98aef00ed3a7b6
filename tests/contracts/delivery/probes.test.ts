import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoProbes } from "#adapters/dynamo/delivery/probes.ts";
import { memoryProbes } from "#adapters/memory/delivery/probes.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const at = "2026-11-23T09:00:00.000Z";

describe.each([
  ["dynamo", () => dynamoProbes(server.table)],
  ["memory", () => memoryProbes()],
])("events about probes in %s", (_, open) => {
  test("are kept by mail, each kind once", async () => {
    const probes = open();
    for (const event of ["accepted", "bounce", "accepted"] as const) await probes.arrived("m1", event, at);
    await probes.arrived("m2", "complaint", at);
    expect((await probes.events("m1")).toSorted()).toEqual(["accepted", "bounce"]);
    expect(await probes.events("m2")).toEqual(["complaint"]);
    expect(await probes.events("m3")).toEqual([]);
  });
});
