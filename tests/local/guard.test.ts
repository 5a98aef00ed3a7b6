import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localAws, makeRunCredentials, region } from "#local/aws.ts";
import { type Folder, openFolder, readSystem } from "#local/folder.ts";
import { functionName, keysSecret } from "#local/host/functions.ts";
import { type System, startSystem } from "#local/up.ts";

let folder: Folder;
let system: System;
let ports: Record<string, string>;
beforeAll(async () => {
  folder = openFolder(mkdtempSync(join(tmpdir(), "broadsheet-guard-")));
  const ses = { rate: 10, quota: 100 };
  const quiet = { allowOrigins: [], allowSamples: true, log: () => undefined };
  system = await startSystem({ folder, port: 0, ses, ...quiet });
  const { dynamodb, sqs, sesv2 } = system.endpoints;
  const identity = process.env.OIDC_ISSUER ?? "";
  ports = { host: system.host.url, data: dynamodb, queues: sqs, ses: sesv2, identity };
});
afterAll(async () => {
  await system.close();
  rmSync(folder.path, { recursive: true });
});

type Sent = { method?: string; path?: string; headers?: Record<string, string>; body?: string };

/** fetch sets Host and Sec-Fetch-* itself, so requests are made by hand. */
function send(base: string, { method = "GET", path = "/", headers = {}, body = "" }: Sent) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
    const sent = request(new URL(path, base), { method, headers }, async (answer) => {
      let text = "";
      for await (const part of answer) text += part;
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
    });
    sent.on("error", reject).end(body);
  });
}

const names = ["host", "data", "queues", "ses", "identity"];
const listSubscribers = {
  method: "POST",
  headers: { "x-amz-target": "DynamoDB_20120810.Query", "content-type": "application/x-amz-json-1.0" },
  body: "{}",
};

describe.each(names)("the port of %s", (name) => {
  const base = () => ports[name] ?? "";

  it.each([
    ["a page of another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["a page of another program on this machine", { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-site" }],
    ["a sandboxed frame", { origin: "null", "sec-fetch-site": "cross-site" }],
    ["an old browser's sandboxed frame", { origin: "null" }],
    ["an old browser's page of another site", { origin: "https://evil.example" }],
    ["an image on another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
    [
      "a frame on another site",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
    ],
    ["a domain that resolves to this machine", { host: "evil.example" }],
    ["a domain that begins like this machine", { host: "127.0.0.1.evil.example:4400" }],
  ])("refuses %s, whatever the method, and lets it read nothing", async (_, headers) => {
    for (const sent of [{}, { path: "/messages" }, { path: "/v2/email/account" }, { path: "/_control/calls" }]) {
      const answer = await send(base(), { ...sent, headers });
      expect(answer.status).toBe(403);
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    }
    const posted = await send(base(), { ...listSubscribers, headers: { ...listSubscribers.headers, ...headers } });
    expect(posted.status).toBe(403);
    expect(posted.headers["access-control-allow-origin"]).toBeUndefined();
    const asks = {
      ...headers,
      "access-control-request-method": "POST",
      "access-control-request-headers": "x-amz-target",
    };
    expect((await send(base(), { method: "OPTIONS", headers: asks })).status).toBe(403);
    expect((await send(base(), { method: "DELETE", path: "/messages", headers })).status).toBe(403);
  });

  it.each([
    ...["0.0.0.0", "127.1", "127.0.0.2", "127.0.0.1.", "localhost.evil.example", "evil-localhost", "127.0.0.1@evil"],
    ...["[::ffff:127.0.0.1]", "localhost:4400:80", "localhost:4400/evil", "evil.example#127.0.0.1", "127.0.0.1 evil"],
  ])("refuses to be called %j", async (host) => {
    expect((await send(base(), { headers: { host } })).status).toBe(403);
  });

  it.each([
    (own: string) => `${own}.evil.example`,
    (own: string) => own.replace("//", "//evil.example@"),
    (own: string) => own.replace("http:", "https:"),
    (own: string) => own.replace(/:\d+$/, ""),
    (own: string) => `${own}/`,
    (own: string) => `${own}, https://evil.example`,
    () => "file://",
    () => "chrome-extension://abcdefghijklmnop",
    () => "",
  ])("refuses an origin that only looks like its own (%#)", async (spell) => {
    const origin = spell(new URL(base()).origin);
    for (const site of ["same-origin", "same-site", "none"]) {
      const headers = { ...listSubscribers.headers, origin, "sec-fetch-site": site };
      expect((await send(base(), { ...listSubscribers, headers })).status).toBe(403);
    }
  });

  it("never switches to a protocol that needs no permission of another page", async () => {
    const { hostname, port } = new URL(base());
    const socket = connect(Number(port), hostname);
    const key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13";
    const upgrade = `Origin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}`;
    socket.write(`GET / HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${upgrade}\r\n\r\n`);
    let said = "";
    socket.on("data", (part) => {
      said += part;
      socket.end();
    });
    await new Promise<void>((resolve) => socket.on("close", () => resolve()).on("error", () => undefined));
    expect(said).not.toContain(" 101 ");
    if (said !== "") expect(said).toMatch(/^HTTP\/1\.1 403 /);
  });

  it.each(["//[", "//:99999999", "//a:b:c", "/%", "/%ff%fe", "*", "http://[", "http://x:99999/"])(
    "answers a target that isn't an address, %s, and goes on",
    async (target) => {
      const { hostname, port } = new URL(base());
      for (const host of ["evil.example", `${hostname}:${port}`]) {
        const said = await new Promise<string>((resolve) => {
          let text = "";
          const socket = connect(Number(port), hostname);
          socket.on("data", (part) => {
            text += part;
          });
          socket.on("close", () => resolve(text)).on("error", () => undefined);
          socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
        });
        expect(said).toMatch(host === "evil.example" ? /^HTTP\/1\.1 40[03] / : /^HTTP\/1\.1 [2345]\d\d /);
      }
    },
  );

  it("is for AWS clients alone however their path is written", async () => {
    if (name !== "ses") return;
    const { hostname, port } = new URL(base());
    const own = { host: `${hostname}:${port}`, "sec-fetch-site": "same-origin" };
    const options = { host: hostname, port, path: "//x/v2/email/account", headers: own };
    const status = await new Promise((resolve) => request(options, (a) => resolve(a.resume().statusCode)).end());
    expect([403, 404]).toContain(status);
  });

  it("says what to do", async () => {
    const answer = await send(base(), { headers: { host: "evil.example" } });
    expect(JSON.parse(answer.body).message).toContain("127.0.0.1");
  });
});

describe("a form on another site", () => {
  const origin = { origin: "https://blog.example", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  const subscribe = (path: string, type: string, body: string) =>
    send(ports.host ?? "", { method: "POST", path, headers: { ...origin, "content-type": type }, body });

  it("subscribes readers, as it does on the deployed website", async () => {
    const form = await subscribe("/daily/subscribe", "application/x-www-form-urlencoded", "email=ann@example.com");
    expect(form.status).toBe(303);
    expect((await subscribe("/api/daily/subscribers", "application/json", '{"email":"b@example.com"}')).status).toBe(
      202,
    );
    const asked = { method: "OPTIONS", path: "/api/daily/subscribers", headers: origin };
    expect((await send(ports.host ?? "", asked)).status).toBe(204);
  });

  it("reaches nothing else, and by no other host's name", async () => {
    for (const path of ["/daily/search", "/desk/subscribe/x", "/api/daily/subscribers/x", "/unsubscribe/x"])
      expect((await subscribe(path, "application/json", "{}")).status).toBe(403);
    const headers = { host: "evil.example", "content-type": "application/json" };
    const rebound = { method: "POST", path: "/api/daily/subscribers", headers, body: "{}" };
    expect((await send(ports.host ?? "", rebound)).status).toBe(403);
  });
});

describe("people and programs of this machine", () => {
  const pages = ["host", "ses"];

  it.each(pages)("open the pages of %s by either name, by a link, and from the pages themselves", async (name) => {
    const base = ports[name] ?? "";
    const { port } = new URL(base);
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    const kinds: Record<string, string>[] = [
      { host: `localhost:${port}` },
      link,
      { "sec-fetch-site": "same-origin" },
      {},
    ];
    for (const headers of kinds) {
      expect((await send(base, { headers })).status).not.toBe(403);
    }
  });

  it("may not be sent to post by a link's page", async () => {
    const form = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    for (const name of pages)
      expect((await send(ports[name] ?? "", { method: "POST", headers: form })).status).toBe(403);
  });

  it("send forms of pages that hide where they come from", async () => {
    const headers = { origin: "null", "sec-fetch-site": "same-origin" };
    expect((await send(system.host.url, { method: "POST", path: "/no-such", headers })).status).not.toBe(403);
  });

  it("reach the table with any AWS client", async () => {
    const client = new DynamoDBClient({ ...localAws, endpoint: system.endpoints.dynamodb });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toHaveLength(1);
    client.destroy();
  });
});

describe("Lambda, Secrets Manager and S3 on this machine", () => {
  const command = { FunctionName: functionName("command"), Payload: JSON.stringify({ do: "source list" }) };

  it("answer a client that has the run's credentials, as the data folder hands them to the CLI", async () => {
    const { endpoints, credentials } = readSystem(folder);
    const client = new LambdaClient({ region, credentials, endpoint: endpoints.lambda });
    const answer = await client.send(new InvokeCommand(command));
    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toMatchObject({ ok: true });
    client.destroy();
  });

  it.each([
    ["none", localAws.credentials],
    ["another run's", makeRunCredentials()],
    ["one that is cut short", { ...localAws.credentials, sessionToken: "x" }],
  ])("refuse a client whose token is %s", async (_, credentials) => {
    const place = { region, credentials, endpoint: system.host.url, maxAttempts: 1 };
    const refused = { name: "UnrecognizedClientException", message: expect.stringContaining("AWS_CONFIG_FILE") };
    await expect(new LambdaClient(place).send(new InvokeCommand(command))).rejects.toMatchObject(refused);
    const secret = new GetSecretValueCommand({ SecretId: keysSecret });
    await expect(new SecretsManagerClient(place).send(secret)).rejects.toMatchObject(refused);
    const head = new HeadObjectCommand({ Bucket: "broadsheet-pictures", Key: "pictures/a.jpg" });
    const s3 = new S3Client({ ...place, forcePathStyle: true });
    await expect(s3.send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it("are found by every AWS client through the config file in the data folder", async () => {
    const before = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    process.env.AWS_CONFIG_FILE = join(folder.path, "aws");
    try {
      const client = new LambdaClient({});
      const answer = await client.send(new InvokeCommand(command));
      expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toMatchObject({ ok: true });
      client.destroy();
    } finally {
      Object.assign(process.env, before);
      delete process.env.AWS_CONFIG_FILE;
    }
  });
});

describe.skipIf(process.platform === "win32")("the data folder", () => {
  const modes = (path: string): Set<string> =>
    new Set(
      readdirSync(path, { recursive: true, withFileTypes: true }).map((entry) => {
        const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
        return `${entry.isDirectory() ? "folder" : "file"} ${mode.toString(8)}`;
      }),
    );

  it("is its owner's alone, with all that any part wrote into it", () => {
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
    expect(modes(folder.path)).toEqual(new Set(["folder 700", "file 600"]));
  });

  it("becomes so where an earlier version let others in", () => {
    const path = mkdtempSync(join(tmpdir(), "broadsheet-modes-"));
    mkdirSync(join(path, "ses"));
    writeFileSync(join(path, "ses", "calls.log"), "");
    writeFileSync(join(path, "keys.json"), "{}");
    for (const [name, mode] of [
      ["ses", 0o755],
      ["ses/calls.log", 0o644],
      ["keys.json", 0o644],
    ] as const)
      chmodSync(join(path, name), mode);
    openFolder(path);
    expect(modes(path)).toEqual(new Set(["folder 700", "file 600"]));
    rmSync(path, { recursive: true });
  });
});
