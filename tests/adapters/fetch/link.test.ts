import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { type LinkOptions, linkTrier } from "#adapters/fetch/link.ts";
import { nodeTransport } from "#adapters/fetch/transport.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}`;
}

const never = new AbortController().signal;

async function tried(listener: RequestListener, options: LinkOptions = {}) {
  const asked: string[] = [];
  const origin = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    listener(request, response);
  });
  const result = await linkTrier({ allowOrigins: [origin], ...options })(`${origin}/story`, never);
  return { ...result, asked };
}

describe("a link", () => {
  test("works where HEAD says so, and nothing more is asked", async () => {
    const { outcome, asked } = await tried((_, response) => response.end());
    expect([outcome, asked]).toEqual(["works", ["HEAD /story"]]);
  });

  test.each([405, 403, 404, 500])("is asked for by GET where HEAD is answered %i", async (status) => {
    const { outcome, asked } = await tried(({ method }, response) => {
      response.writeHead(method === "HEAD" ? status : 200).end("page");
    });
    expect([outcome, asked]).toEqual(["works", ["HEAD /story", "GET /story"]]);
  });

  test("works where its server hangs up on HEAD", async () => {
    const { outcome } = await tried(({ method, socket }, response) =>
      method === "HEAD" ? socket.destroy() : response.end("page"),
    );
    expect(outcome).toBe("works");
  });

  test.each([
    [404, "dead", "answers 404: there is no such page"],
    [410, "dead", "answers 410: there is no such page"],
    [403, "untestable", "answers 403, perhaps only to programs"],
    [429, "untestable", "answers 429, perhaps only to programs"],
    [503, "untestable", "answers 503: its server has a problem"],
  ])("that answers %i is %s", async (status, outcome, why) => {
    expect(await tried((_, response) => response.writeHead(status).end())).toMatchObject({ outcome, why });
  });

  test("follows redirects, up to a limit, and not without a Location", async () => {
    const on = (location: string): RequestListener => {
      return ({ url }, response) => (url === "/end" ? response.end() : response.writeHead(302, { location }).end());
    };
    expect(await tried(on("/end"))).toMatchObject({ outcome: "works" });
    expect(await tried(on("/story"))).toMatchObject({ outcome: "untestable", why: "redirects more than 5 times" });
    expect(await tried(on("http://"))).toMatchObject({ outcome: "untestable" });
  });

  test("is not followed to an address that is not public", async () => {
    let reached = false;
    const secret = await serve((_, response) => {
      reached = true;
      response.end("secret");
    });
    const result = await tried((_, response) => response.writeHead(302, { location: `${secret}/` }).end());
    expect(result).toMatchObject({
      outcome: "refused",
      why: "redirects to an address that is not on the public internet",
    });
    expect(reached).toBe(false);
  });

  test("is not followed to a name of the private network either", async () => {
    const resolve = async (name: string) => [
      { address: name === "inside.example" ? "10.0.0.8" : "127.0.0.1", family: 4 as const },
    ];
    const asked: string[] = [];
    const origin = await serve(({ url = "" }, response) => {
      asked.push(url);
      response.writeHead(302, { location: "http://inside.example/secret" }).end();
    });
    const transport: LinkOptions["transport"] = (request) =>
      request.url.hostname === "inside.example" ? Promise.reject(new Error("it was reached")) : nodeTransport(request);
    const result = await linkTrier({ allowOrigins: [origin], resolve, transport })(`${origin}/story`, never);
    expect(result).toMatchObject({ outcome: "refused", why: expect.stringContaining("not on the public internet") });
    expect(asked).toEqual(["/story"]);
  });

  test("is given up when its time is over, body or not", async () => {
    expect(await tried(() => undefined, { timeout: 50 })).toMatchObject({
      outcome: "untestable",
      why: "did not answer within 0.05 seconds",
    });
    const endless = await tried((_, response) => response.writeHead(200).write("x"), { timeout: 600 });
    expect([endless.outcome, endless.asked]).toEqual(["works", ["HEAD /story", "GET /story"]]);
  });
});

describe("without asking anybody", () => {
  const transport = () => Promise.reject(new Error("asked"));
  const resolve = async (host: string) => {
    if (host === "gone.example") throw Object.assign(new Error("none"), { code: "ENOTFOUND" });
    return [{ address: host === "inside.example" ? "10.0.0.7" : "93.184.216.34", family: 4 } as const];
  };
  test.each([
    ["http://169.254.169.254/latest/meta-data", "refused"],
    ["http://localhost/", "refused"],
    ["http://inside.example/", "refused"],
    ["ftp://files.example/", "refused"],
    ["https://user:pass@news.example/", "refused"],
    ["not an address", "refused"],
    ["https://gone.example/", "dead"],
    ["https://news.example:8444/", "untestable"],
  ])("%s is %s", async (url, outcome) => {
    expect(await linkTrier({ transport, resolve })(url, never)).toMatchObject({ outcome });
  });
});
