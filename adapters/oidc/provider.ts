import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from "openid-client";
import * as z from "zod";
import { cleanLine, cutLine } from "#domain/article/text.ts";
import type { Identity } from "#domain/desk/role.ts";

type ProviderSettings = {
  issuer: string;
  clientId: string;
  /** Undefined: the client uses PKCE without a secret. */
  clientSecret: () => Promise<string | undefined>;
  scopes: readonly string[];
  groupsClaim: string;
  /** The desk's page after signing out, as registered with the provider. */
  signedOutUri: string;
};

/** The values that bind the provider's answer to the browser that started the sign-in. */
type Ties = { state: string; nonce: string; verifier: string };

type SignedIn = { identity: Identity; renewal: string | null };
/** `refused`: the provider refused, or its answer can't be trusted. `unreachable`: try again. */
type Refused = { refused: "refused" | "unreachable"; detail: string };

/** Seconds for each call to the provider. */
const TIMEOUT = 8;

/**
 * An OpenID Connect provider: authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0 §3.1, RFC
 * 7636). The library is loaded when someone signs in, and the provider's metadata is read once a process.
 */
export function openIdProvider(settings: ProviderSettings) {
  let found: Promise<Configuration> | undefined;
  const configuration = async () => {
    found ??= discover(settings);
    return found.catch((error) => {
      found = undefined;
      throw error;
    });
  };
  return {
    /** Address for signing in. */
    async begin(redirectUri: string, { state, nonce, verifier }: Ties): Promise<URL | Refused> {
      return orRefused(async ({ buildAuthorizationUrl, calculatePKCECodeChallenge }) =>
        buildAuthorizationUrl(await configuration(), {
          redirect_uri: redirectUri,
          scope: settings.scopes.join(" "),
          state,
          nonce,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
        }),
      );
    },

    /** The person who signed in. @param callback the redirect URI with what the provider added to it */
    async finish(callback: URL, { state, nonce, verifier }: Ties): Promise<SignedIn | Refused> {
      return orRefused(async (library) => {
        const known = await configuration();
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
        return signedIn(library, known, settings, await library.authorizationCodeGrant(known, callback, checks));
      });
    },

    /** Whether the provider still knows the person, and their groups. */
    async again(renewal: string, id: string): Promise<SignedIn | Refused> {
      return orRefused(async (library) => {
        const known = await configuration();
        const now = await signedIn(library, known, settings, await library.refreshTokenGrant(known, renewal), id);
        return "refused" in now ? now : { ...now, renewal: now.renewal ?? renewal };
      });
    },

    /** Revokes the refresh token (RFC 7009). A provider without this endpoint lets it expire. */
    async revoke(renewal: string): Promise<void> {
      const known = await configuration();
      if (known.serverMetadata().revocation_endpoint === undefined) return;
      const { tokenRevocation } = await import("openid-client");
      await tokenRevocation(known, renewal);
    },

    /** Address for ending the session at the provider too; undefined: there is none. */
    async end(): Promise<URL | undefined> {
      const known = await configuration().catch(() => undefined);
      if (known?.serverMetadata().end_session_endpoint === undefined) return undefined;
      const { buildEndSessionUrl } = await import("openid-client");
      return buildEndSessionUrl(known, endSessionParameters(settings));
    },
  };
}

/**
 * Cognito needs its own parameter `logout_uri` to end a session, and then redirects the browser there. Other providers
 * show a page of their own. https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 */
export const endSessionParameters = ({
  issuer,
  signedOutUri,
}: Pick<ProviderSettings, "issuer" | "signedOutUri">): Record<string, string> =>
  new URL(issuer).host.startsWith("cognito-idp.") ? { logout_uri: signedOutUri } : {};

type Library = typeof import("openid-client");

async function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  const { allowInsecureRequests, ClientSecretPost, discovery, None } = await import("openid-client");
  const url = new URL(issuer);
  const secret = await clientSecret();
  const authentication = secret === undefined ? None() : ClientSecretPost(secret);
  // Plain HTTP is only for a provider on the same machine.
  const execute = /^(127\.0\.0\.1|\[::1\]|localhost)$/.test(url.hostname) ? [allowInsecureRequests] : [];
  return discovery(url, clientId, {}, authentication, { timeout: TIMEOUT, execute });
}

/** OpenID Connect Core 1.0 §2: at most 255 characters, and never given to another person. */
const Subject = z.string().min(1).max(255);
const LONGEST_NAME = 200;
/** Other than a text counts as absent: some providers send null. */
const Text = z.string().min(1).optional().catch(undefined);
/** Only a list counts: a text that looks like one could have been entered by the person it describes. */
const Groups = z.array(z.string());

/** Claims in the ID token, and claims that the provider returns only on request. */
async function signedIn(
  library: Library,
  known: Configuration,
  settings: ProviderSettings,
  tokens: TokenEndpointResponse & TokenEndpointResponseHelpers,
  id?: string,
): Promise<SignedIn | Refused> {
  const token = tokens.claims();
  const tokenClaims: Record<string, unknown> = { ...token };
  const subject = token?.sub ?? id;
  const complete = tokenClaims.email !== undefined && tokenClaims[settings.groupsClaim] !== undefined;
  const userInfo: Record<string, unknown> =
    complete || known.serverMetadata().userinfo_endpoint === undefined
      ? {}
      : await library.fetchUserInfo(known, tokens.access_token, subject ?? library.skipSubjectCheck);
  const all: Record<string, unknown> = { ...userInfo, ...tokenClaims };
  const sub = Subject.safeParse(all.sub);
  if (!sub.success) return { refused: "refused", detail: "the person's subject is not a text of 1 to 255 characters" };
  if (id !== undefined && sub.data !== id)
    return { refused: "refused", detail: "the provider answered for another person" };
  const { email, isVerified } = addressIn([tokenClaims, userInfo]);
  const groups = Groups.safeParse(all[settings.groupsClaim]);
  return {
    identity: {
      id: sub.data,
      name: cutLine(cleanLine(Text.parse(all.name) ?? ""), LONGEST_NAME) || (email?.split("@")[0] ?? sub.data),
      email: isVerified ? (email ?? null) : null,
      groups: groups.success ? groups.data : [],
    },
    renewal: tokens.refresh_token ?? null,
  };
}

/** The person's address. It is verified only by an answer that names this same address. */
function addressIn(answers: readonly Record<string, unknown>[]): { email: string | undefined; isVerified: boolean } {
  const said = answers.map((answer) => ({
    email: Text.parse(answer.email),
    isVerified: isTrue(answer.email_verified),
  }));
  const email = said.find((one) => one.email !== undefined)?.email;
  const isVerified = said.some((one) => one.email === email && one.isVerified);
  return { email, isVerified: email !== undefined && isVerified };
}

/** Cognito says "true" as a text. */
const isTrue = (claim: unknown): boolean => claim === true || claim === "true";

async function orRefused<T>(act: (library: Library) => Promise<T>): Promise<T | Refused> {
  const library = await import("openid-client");
  try {
    return await act(library);
  } catch (error) {
    return { refused: isFault(error, library) ? "refused" : "unreachable", detail: detailOf(error) };
  }
}

/** Errors that a retry doesn't fix: the provider refused, or its answer failed a check, not one that broke off. */
function isFault(error: unknown, { AuthorizationResponseError, ClientError, ResponseBodyError }: Library): boolean {
  if (error instanceof ResponseBodyError) return error.status < 500;
  if (error instanceof AuthorizationResponseError) return !/^(server_error|temporarily_unavailable)$/.test(error.error);
  const code = error instanceof ClientError ? error.code : undefined;
  return code !== undefined && !/TIMEOUT|ABORT|PARSE|NOT_CONFORM|NOT_JSON/.test(code);
}

/** For the log: codes and messages of the library and the provider, without tokens and addresses. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? `${error.code}: ` : "";
  const said = "error" in error && typeof error.error === "string" ? ` (${error.error})` : "";
  return `${code}${error.message}${said}`;
}
