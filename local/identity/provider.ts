import { generateKeyPairSync } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import Provider, { type Configuration, interactionPolicy } from "oidc-provider";
import { requestUrl } from "../guard.ts";
import { clientId } from "../host/functions.ts";
import { readBody } from "../host/http.ts";
import { choicePage } from "./page.ts";
import type { Sample } from "./people.ts";

type IdentityOptions = {
  issuer: string;
  /** The desk's callback address. */
  redirectUri: string;
  /** The claim that carries a person's groups. */
  groupsClaim: string;
  people: () => readonly Sample[];
};

/** Seconds. */
const HOUR = 3600;
const DAY = 24 * HOUR;

const choicePath = /^\/choice\/([\w-]+)$/;

/** An OpenID Connect provider as strict as a real one, except that it lets you choose a person without a password. */
export function identityProvider(options: IdentityOptions) {
  const provider = new Provider(options.issuer, configuration(options));
  const serve = provider.callback();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = requestUrl(request).pathname;
    if (!choicePath.test(path)) return serve(request, response);
    if (request.method === "POST") return choose(provider, options, request, response);
    await provider.interactionDetails(request, response);
    html(response, 200, choicePage(path, options.people()));
  };
}

async function choose(
  provider: Provider,
  { people }: IdentityOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, 10_000);
  const chosen = new URLSearchParams(body?.toString("utf8")).get("person");
  const person = people().find(({ id }) => id === chosen);
  const result =
    person === undefined
      ? { error: "access_denied", error_description: "There is no such person here." }
      : { login: { accountId: person.id, remember: false } };
  await provider.interactionFinished(request, response, result);
}

function configuration({ redirectUri, groupsClaim, people }: IdentityOptions): Configuration {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: "none",
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        id_token_signed_response_alg: "ES256",
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "1", alg: "ES256", use: "sig" }] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", groupsClaim] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => {
      const person = people().find((one) => one.id === id);
      if (person === undefined) return undefined;
      const { name, email, groups } = person;
      return { accountId: id, claims: () => ({ sub: id, name, email, email_verified: true, [groupsClaim]: groups }) };
    },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      Grant: DAY,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: DAY,
      Session: HOUR,
    },
    issueRefreshToken: async () => true,
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session?.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: { enabled: true },
    },
    interactions: { url: (_context, { uid }) => `/choice/${uid}`, policy: alwaysAsk() },
    cookies: { keys: [crypto.randomUUID()] },
    renderError: (context, { error, error_description }) => {
      context.type = "text/plain";
      context.body = `${error}: ${error_description ?? "the sign-in can't continue"}`;
    },
  };
}

/** Every sign-in lets you choose, so you can try several roles. */
function alwaysAsk() {
  const policy = interactionPolicy.base();
  const { Check } = interactionPolicy;
  policy
    .get("login")
    ?.checks.push(
      new Check("who", "every sign-in asks who you are", ({ oidc }) =>
        oidc.result?.login === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
      ),
    );
  return policy;
}

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(body);
}
