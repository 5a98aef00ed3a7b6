import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { PushResponse } from "#domain/article/push.ts";
import { region } from "#local/aws.ts";
import { startData } from "#local/data/start.ts";
import { openFolder } from "#local/folder.ts";
import { functionName } from "#local/host/functions.ts";
import { type Host, startHost } from "#local/host/start.ts";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";

const Added = z.object({ ok: z.literal(true), key: z.string(), endpoint: z.url() });

describe("pushing to the system on one machine", () => {
  let path: string;
  let queues: QueuesPart;
  let data: { url: string; close(): Promise<void> };
  let host: Host;
  let key: string;
  let endpoint: string;
  const command = (request: object) =>
    lambdaInvoke({ region, credentials: host.credentials, endpoint: host.url })(functionName("command"), request);

  beforeAll(async () => {
    path = mkdtempSync(join(tmpdir(), "broadsheet-push-"));
    data = await startData({ port: 0, table: "broadsheet" });
    queues = await startQueues({ port: 0 });
    host = await startHost({
      port: 0,
      folder: openFolder(path),
      endpoints: { dynamodb: data.url, sqs: queues.url, sesv2: "http://127.0.0.1:9" },
      issuer: "http://127.0.0.1:9",
      allowOrigins: [],
      allowSamples: false,
      log: () => undefined,
    });
    ({ key, endpoint } = Added.parse(await command({ do: "source push", name: "desk", title: "City Desk" })));
  });
  afterAll(async () => {
    await host.close();
    await queues.close();
    await data.close();
    rmSync(path, { recursive: true });
  });

  const push = (body: string, headers: Record<string, string> = {}) =>
    fetch(endpoint, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      body,
    });
  const bodyOf = (...ids: string[]) =>
    JSON.stringify({
      articles: ids.map((id) => ({
        id,
        title: `Städtische Nachricht, die ${id} heißt`,
        url: `https://desk.example/${id}`,
      })),
    });
  const outcomes = async (answer: Response) => PushResponse.parse(await answer.json()).outcomes;

  it("answers where the command said, with an outcome for each article", async () => {
    expect(endpoint).toBe(`${host.url}/articles`);
    const first = await push(bodyOf("one", "two"));
    expect(first.status).toBe(200);
    expect(await outcomes(first)).toEqual([
      { id: "one", outcome: "new" },
      { id: "two", outcome: "new" },
    ]);
    expect((await outcomes(await push(bodyOf("two", "three")))).map(({ outcome }) => outcome)).toEqual(["same", "new"]);
  });

  it("gives the same answer again under the same Idempotency-Key, and none to another body", async () => {
    const named = { "idempotency-key": "a7f0" };
    const first = await (await push(bodyOf("four"), named)).text();
    expect(await (await push(bodyOf("four"), named)).text()).toBe(first);
    expect((await push(bodyOf("five"), named)).status).toBe(422);
  });

  it("lands each article once of many pushes at once", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => push(bodyOf("six", "seven", "eight"))));
    const all = (await Promise.all(answers.map(outcomes))).flat();
    expect(all.filter(({ outcome }) => outcome === "new")).toHaveLength(3);
    expect(all).toHaveLength(18);
  });

  it("refuses without a key, and too much, by status", async () => {
    expect((await push(bodyOf("x"), { authorization: "Bearer no" })).status).toBe(401);
    expect((await push(" ".repeat(1024 * 1024 + 1))).status).toBe(413);
    expect((await push(bodyOf("x"), { "content-type": "text/plain" })).status).toBe(415);
    expect((await push("[]")).status).toBe(400);
  });

  it("describes itself, and leaves every other path to the website", async () => {
    const description = await fetch(`${host.url}/openapi.json`);
    expect(await description.json()).toMatchObject({ openapi: "3.1.0" });
    const page = await fetch(`${host.url}/articles`);
    expect([page.status, page.headers.get("content-type")]).toEqual([404, expect.stringContaining("text/html")]);
  });

  it("shows its health, and is not polled", async () => {
    const { sources } = z.object({ sources: z.array(z.looseObject({})) }).parse(await command({ do: "source list" }));
    expect(sources).toMatchObject([
      { id: "desk", kind: "push", articles: 7, failures: 0, lastPolledAt: expect.stringMatching(/^2/) },
    ]);
    expect(await command({ do: "ingest" })).toMatchObject({ ok: true, reports: [] });
  });

  it("takes the new key and not the old one from the moment it is made", async () => {
    const old = key;
    ({ key } = Added.parse(await command({ do: "source key", source: "desk" })));
    expect((await push(bodyOf("one"), { authorization: `Bearer ${old}` })).status).toBe(401);
    expect((await push(bodyOf("one"))).status).toBe(200);
  });
});
