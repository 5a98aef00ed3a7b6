import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openIdProvider } from "#adapters/oidc/provider.ts";

/** What the provider says of the person; its answers are written by hand. */
let claims: Record<string, unknown> = {};
/** What its ID token says; undefined: it sends none. */
let token: Record<string, unknown> | undefined;
/** Its answer breaks off. */
let isBroken = false;
let server: Server;
let issuer = "";

beforeAll(async () => {
  server = createServer((request, response) => {
    const answers: Record<string, object> = {
      "/.well-known/openid-configuration": {
        issuer,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/me`,
      },
      "/token": { access_token: "a", token_type: "bearer", ...(token && { id_token: idToken(token) }) },
      "/me": claims,
    };
    response.setHeader("content-type", "application/json");
    if (isBroken && request.url === "/token") return response.end('{"access_token":');
    return response.end(JSON.stringify(answers[request.url ?? ""] ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the provider has no port");
  issuer = `http://127.0.0.1:${address.port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  token = undefined;
  isBroken = false;
});

/** It comes straight from the provider, so its signature isn't read (OpenID Connect Core 1.0 §3.1.3.7). */
function idToken(said: Record<string, unknown>): string {
  const now = Math.floor(Date.now() / 1000);
  const body = { iss: issuer, aud: "desk", iat: now, exp: now + 60, ...said };
  return [{ alg: "RS256" }, body, "signature"]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
}

const provider = () =>
  openIdProvider({
    ...{ issuer, clientId: "desk", clientSecret: async () => undefined },
    ...{ scopes: ["openid"], groupsClaim: "groups", signedOutUri: `${issuer}/out` },
  });

/** Who the provider says is signed in, when it is asked again about the person `ann`. */
const personOf = async (said: Record<string, unknown>) => {
  claims = said;
  const answer = await provider().again("renewal", "ann");
  return "refused" in answer ? answer.refused : answer.identity;
};

describe("what a provider says of a person", () => {
  test("is taken as it is where it is well formed", async () => {
    const said = { sub: "ann", name: "Ann", email: "ann@example.org", email_verified: true, groups: ["editors"] };
    expect(await personOf(said)).toEqual({ id: "ann", name: "Ann", email: "ann@example.org", groups: ["editors"] });
  });

  test.each([
    ["a text", "editors"],
    ["a text that looks like a list", '["editors"]'],
    ["several in one text", "viewers,editors"],
    ["an object", { editors: true }],
    ["a list of other things", [["editors"]]],
  ])("gives no group by %s: the person may have written it", async (_what, groups) => {
    expect(await personOf({ sub: "ann", groups })).toMatchObject({ groups: [] });
  });

  test.each([
    ["no word about it", undefined],
    ["false", false],
    ["false as a text", "false"],
  ])("gives no address that it has not verified: %s", async (_what, email_verified) => {
    expect(await personOf({ sub: "ann", email: "chief@example.org", email_verified })).toMatchObject({ email: null });
  });

  test("gives no address that it has verified only for another one", async () => {
    token = { sub: "ann", email: "chief@example.org" };
    const other = { sub: "ann", email: "ann@example.org", email_verified: true };
    expect(await personOf(other)).toMatchObject({ email: null });
    expect(await personOf({ ...other, email: "chief@example.org" })).toMatchObject({ email: "chief@example.org" });
  });

  test("renews the session of no one else", async () => {
    expect(await personOf({ sub: "bob", groups: ["editors"] })).toBe("refused");
    token = { sub: "bob" };
    expect(await personOf({ sub: "bob", groups: ["editors"] })).toBe("refused");
  });

  test.each([
    ["an empty subject", ""],
    ["a subject of 256 characters", "a".repeat(256)],
  ])("signs no one in by %s", async (_what, sub) => {
    claims = { sub };
    token = { sub, nonce: "nonce", email: "ann@example.org", groups: [] };
    const callback = new URL("https://news.example.org/desk/callback?code=c&state=state");
    const ties = { state: "state", nonce: "nonce", verifier: "v".repeat(43) };
    expect(await provider().finish(callback, ties)).toMatchObject({ refused: "refused" });
    token = { ...token, sub: "a".repeat(255) };
    expect(await provider().finish(callback, ties)).toMatchObject({ identity: { id: "a".repeat(255) } });
  });

  test("can lack a name and an address, or say null", async () => {
    const said = { sub: "ann", name: null, email: null, email_verified: null, groups: ["editors"] };
    expect(await personOf(said)).toEqual({ id: "ann", name: "ann", email: null, groups: ["editors"] });
  });

  test("gives a name that is one line of text, however long the person wrote it", async () => {
    const person = await personOf({ sub: "ann", name: `Ann\r\n\u202eLee ${"long ".repeat(500)}` });
    expect(person).toMatchObject({ name: expect.stringMatching(/^Ann Lee long .{1,190}…$/) });
  });

  test("that breaks off refuses no one: the session goes on", async () => {
    isBroken = true;
    expect(await personOf({ sub: "ann" })).toBe("unreachable");
  });
});
