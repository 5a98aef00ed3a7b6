import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openIdProvider } from "#adapters/oidc/provider.ts";

/** What the provider says of the person; its answers are written by hand. */
let claims: Record<string, unknown> = {};
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
      "/token": { access_token: "a", token_type: "bearer" },
      "/me": claims,
    };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answers[request.url ?? ""] ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the provider has no port");
  issuer = `http://127.0.0.1:${address.port}`;
});
afterAll(() => void server.close());

/** Who the provider says is signed in, when it is asked again about the person `ann`. */
const personOf = async (said: Record<string, unknown>) => {
  claims = said;
  const provider = openIdProvider({
    ...{ issuer, clientId: "desk", clientSecret: async () => undefined },
    ...{ scopes: ["openid"], groupsClaim: "groups", signedOutUri: `${issuer}/out` },
  });
  const answer = await provider.again("renewal", "ann");
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

  test("renews the session of no one else", async () => {
    expect(await personOf({ sub: "bob", groups: ["editors"] })).toBe("refused");
  });
});
