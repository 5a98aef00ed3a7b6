import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { serveEvent } from "#adapters/http-api/request.ts";
import { memoryPresence } from "#adapters/memory/desk/presence.ts";
import { memorySessions } from "#adapters/memory/desk/sessions.ts";
import { openIdProvider } from "#adapters/oidc/provider.ts";
import type { Role } from "#domain/desk/role.ts";
import { type GuardPorts, guardedApp } from "#functions/desk/access/guarded-app.ts";
import { deskApp } from "#functions/desk/app.ts";
import { commandRunner } from "#functions/desk/ask.ts";
import { DeskRequest } from "#functions/desk-command/contract.ts";
import { identityProvider } from "#local/identity/provider.ts";
import { closeServer, listen } from "#local/listen.ts";

export const siteUrl = "https://news.example";

/** People at the provider; tests change them as an administrator would. */
type Known = { id: string; name: string; email: string; groups: string[] };

type Answered = { status: number; headers: Record<string, string>; body: string; cookies: string[] };

/** A browser of a kind: it keeps cookies, and asks by the event that API Gateway makes of a request. */
export type Browser = {
  jar: Map<string, string>;
  get: (path: string, headers?: Record<string, string>) => Promise<Answered>;
  post: (path: string, fields: Record<string, string>, headers?: Record<string, string>) => Promise<Answered>;
  /** Anything else, as it is. */
  send: (method: string, path: string, headers: Record<string, string>, body?: string) => Promise<Answered>;
  /** Through the provider, as the person of that id. @returns the answer of the callback, and the callback's path */
  signIn: (id: string, to?: string) => Promise<{ callback: string; answer: Answered }>;
};

export type Desk = {
  ports: GuardPorts;
  people: Known[];
  roles: { email: string; role: Role }[];
  /** What went to the command function. */
  requests: Record<string, unknown>[];
  /** Milliseconds by which the desk's clock is ahead. */
  clock: { ahead: number };
  notes: { message: string; about: Record<string, string> }[];
  /** Addresses that have no requests left. */
  refused: Set<string>;
  /** Answers API Gateway's event of a request. */
  serve: Serve;
  browser: () => Browser;
  close: () => Promise<void>;
};

/** The desk with everything real but the table, before an identity provider that listens here. */
export async function openDesk(
  answerOf: (request: Record<string, unknown>) => object,
  at: string = siteUrl,
): Promise<Desk> {
  const people: Known[] = ["viewer", "editor", "approver", "operator"].map((role) => ({
    id: role,
    name: `The ${role}`,
    email: `${role}@broadsheet.example`,
    groups: [role],
  }));
  const server = createServer();
  const issuer = await listen(server, 0);
  serveProvider(server, { issuer, at }, people);
  const requests: Desk["requests"] = [];
  const clock = { ahead: 0 };
  const notes: Desk["notes"] = [];
  const refused = new Set<string>();
  const roles: Desk["roles"] = [];
  const ask = commandRunner(async (given) => {
    const { person, command } = DeskRequest.parse(given);
    const request = { ...command, by: person.name };
    requests.push({ ...request });
    return answerOf({ ...request });
  });
  const ports: GuardPorts = {
    siteUrl: at,
    now: () => Date.now() + clock.ahead,
    newSecret: () => randomBytes(32).toString("base64url"),
    keys: async () => ({ id: "k1", key: "k".repeat(40) }),
    people: roles,
    sessions: memorySessions(),
    provider: openIdProvider({
      issuer,
      clientId: "desk",
      clientSecret: async () => undefined,
      scopes: ["openid", "email", "profile"],
      groupsClaim: "groups",
      signedOutUri: `${siteUrl}/desk/signed-out`,
    }),
    allowClient: (address) => !refused.has(address),
    newReference: () => "abcd1234",
    note: (message, about) => void notes.push({ message, about }),
    log: (_reference, error) => {
      throw error;
    },
  };
  const app = guardedApp(
    ports,
    deskApp({
      newsletters: [{ name: "daily", title: "The Daily", language: "en" }],
      runCommand: ask,
      now: () => new Date(ports.now()).toISOString(),
      presence: memoryPresence(),
    }),
  );
  const serve = (event: APIGatewayProxyEventV2) =>
    serveEvent(event, (request) => app.fetch(request, { address: event.requestContext.http.sourceIp }));
  const browser = () => newBrowser(serve);
  return {
    ports,
    people,
    roles,
    requests,
    clock,
    notes,
    refused,
    serve,
    browser,
    close: () => closeServer(server),
  };
}

function serveProvider(server: Server, { issuer, at }: { issuer: string; at: string }, people: readonly Known[]): void {
  const redirectUri = `${at}/desk/callback`;
  const serve = identityProvider({ issuer, redirectUri, groupsClaim: "groups", people: () => people });
  server.on("request", (request, response) => {
    serve(request, response).catch((error) => response.writeHead(400).end(String(error)));
  });
}

type Serve = (event: APIGatewayProxyEventV2) => Promise<{
  statusCode?: number | undefined;
  headers?: Record<string, unknown> | undefined;
  body?: string | undefined;
  cookies?: string[] | undefined;
}>;

function newBrowser(serve: Serve): Browser {
  const jar = new Map<string, string>();
  const ask = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
    const result = await serve(eventOf(method, path, headers, body, jar));
    const cookies = result.cookies ?? [];
    for (const cookie of cookies) keep(jar, cookie);
    const given = Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)]);
    return { status: result.statusCode ?? 0, headers: Object.fromEntries(given), body: result.body ?? "", cookies };
  };
  const get: Browser["get"] = (path, headers = {}) => ask("GET", path, headers);
  const post: Browser["post"] = (path, fields, headers = {}) => {
    const form = { "content-type": "application/x-www-form-urlencoded", origin: siteUrl };
    return ask("POST", path, { ...form, ...headers }, new URLSearchParams(fields).toString());
  };
  const signIn: Browser["signIn"] = async (id, to = "/desk") => {
    const begun = await get(`/desk/sign-in?to=${encodeURIComponent(to)}`);
    const callback = await throughProvider(begun.headers.location ?? "", id);
    return { callback, answer: await get(callback) };
  };
  return { jar, get, post, send: ask, signIn };
}

function keep(jar: Map<string, string>, cookie: string): void {
  const [pair = ""] = cookie.split(";");
  const at = pair.indexOf("=");
  if (/max-age=0\b/i.test(cookie)) jar.delete(pair.slice(0, at));
  else jar.set(pair.slice(0, at), pair.slice(at + 1));
}

/** Payload format 2.0: cookies in a list, a form in base64. */
function eventOf(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | undefined,
  jar: ReadonlyMap<string, string>,
): APIGatewayProxyEventV2 {
  const url = new URL(path, siteUrl);
  return {
    version: "2.0",
    routeKey: "ANY /desk/{proxy+}",
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(jar.size === 0 ? {} : { cookies: [...jar].map(([name, value]) => `${name}=${value}`) }),
    headers,
    requestContext: {
      accountId: "0",
      apiId: "a",
      domainName: url.host,
      domainPrefix: "news",
      http: { method, path: url.pathname, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "" },
      requestId: "r",
      routeKey: "ANY /desk/{proxy+}",
      stage: "$default",
      time: "",
      timeEpoch: 0,
    },
    ...(body === undefined ? {} : { body: Buffer.from(body).toString("base64") }),
    isBase64Encoded: body !== undefined,
  };
}

/** What a browser and its user do at the provider. @returns the path of the desk it sends them back to */
export async function throughProvider(from: string, id: string): Promise<string> {
  const jar = new Map<string, string>();
  const ask = async (url: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { cookie } });
    for (const one of response.headers.getSetCookie()) keep(jar, one);
    return new URL(response.headers.get("location") ?? "", url).href;
  };
  const choice = await ask(from);
  if (choice.startsWith(siteUrl)) return choice.slice(siteUrl.length);
  const on = await ask(choice, { method: "POST", body: new URLSearchParams({ person: id }) });
  const back = await ask(on);
  return back.slice(siteUrl.length);
}
