import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryPictures } from "#adapters/memory/pictures.ts";
import { s3Pictures } from "#adapters/s3/pictures.ts";
import { makeRunCredentials, useLocalAws } from "#local/aws.ts";
import { openFolder } from "#local/folder.ts";
import { bucket, objectKey, serveObject, servePicture } from "#local/host/objects.ts";

const folder = mkdtempSync(join(tmpdir(), "broadsheet-objects-"));
const before = { ...process.env };
let server: Server;
let url: string;

beforeAll(async () => {
  const opened = openFolder(folder);
  server = createServer((request, response) => {
    const at = new URL(request.url ?? "/", "http://host");
    const key = objectKey(request, at);
    if (key === undefined) servePicture(opened, at, response);
    else void serveObject(opened, key, request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  useLocalAws({ dynamodb: url, sqs: url, sesv2: url, lambda: url, secretsManager: url, s3: url }, makeRunCredentials());
});
afterAll(() => {
  process.env = before;
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

describe.each([
  ["in memory", () => memoryPictures(url)],
  ["in a bucket of this machine", () => s3Pictures(bucket, url)],
])("pictures %s", (_, open) => {
  it("are found as they were put, and not before", async () => {
    const { shelf, addressOf } = open();
    expect(await shelf.find("a1.jpg")).toBeUndefined();
    await shelf.put("a1.jpg", { jpeg, width: 1056, height: 704 });
    expect(await shelf.find("a1.jpg")).toEqual({ bytes: 7, width: 1056, height: 704 });
    expect(addressOf("a1.jpg")).toBe(`${url}/pictures/a1.jpg`);
  });
});

describe("a bucket of this machine", () => {
  it("serves its pictures to anyone, as pictures, cached indefinitely", async () => {
    await s3Pictures(bucket, url).shelf.put("b2.jpg", { jpeg, width: 2, height: 1 });
    const answer = await fetch(`${url}/pictures/b2.jpg`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(jpeg);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=31536000, immutable",
    });
  });

  it.each(["/pictures/none.jpg", "/pictures/..%2fkeys.json", "/pictures/b2.jpg.json", "/pictures/"])(
    "has no %s",
    async (path) => {
      expect((await fetch(url + path)).status).toBe(404);
    },
  );

  it("takes no other key", async () => {
    const elsewhere = s3Pictures(bucket, url).shelf;
    await expect(elsewhere.put("../keys.jpg", { jpeg, width: 1, height: 1 })).rejects.toThrow();
  });
});
