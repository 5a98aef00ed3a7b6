import { randomUUID } from "node:crypto";
import { type Reply, type Request, readJson } from "../http.ts";
import type { Simulator } from "../simulator.ts";
import {
  createIdentity,
  createSet,
  deleteIdentity,
  deleteSet,
  getAccount,
  getIdentity,
  getSet,
  getSuppressed,
  listIdentities,
  listSets,
  listSuppressed,
  type Operation,
  putSendingAttributes,
  suppress,
  unsuppress,
} from "./account-operations.ts";
import { errorReply, SesError } from "./errors.ts";
import { readBulk, readSingle, type Sent, send } from "./sending.ts";

type Route = { name: string; method: string; path: RegExp; run: Operation };

const route = (name: string, method: string, path: string, run: Operation): Route => ({
  name,
  method,
  path: new RegExp(`^/v2/email/${path.replaceAll("*", "([^/]+)")}/?$`),
  run,
});

/** The HTTP bindings of SESv2's model (version 2019-09-27). */
const routes: readonly Route[] = [
  route("GetAccount", "GET", "account", getAccount),
  route("PutAccountSendingAttributes", "PUT", "account/sending", putSendingAttributes),
  route("CreateEmailIdentity", "POST", "identities", createIdentity),
  route("ListEmailIdentities", "POST", "list-identities", listIdentities),
  route("ListEmailIdentities", "GET", "identities", listIdentities),
  route("GetEmailIdentity", "GET", "identities/*", getIdentity),
  route("DeleteEmailIdentity", "DELETE", "identities/*", deleteIdentity),
  route("CreateConfigurationSet", "POST", "configuration-sets", createSet),
  route("ListConfigurationSets", "POST", "list-configuration-sets", listSets),
  route("GetConfigurationSet", "GET", "configuration-sets/*", getSet),
  route("DeleteConfigurationSet", "DELETE", "configuration-sets/*", deleteSet),
  route("PutSuppressedDestination", "PUT", "suppression/addresses", suppress),
  route("ListSuppressedDestinations", "GET", "suppression/addresses", listSuppressed),
  route("GetSuppressedDestination", "GET", "suppression/addresses/*", getSuppressed),
  route("DeleteSuppressedDestination", "DELETE", "suppression/addresses/*", unsuppress),
];

const sends: Readonly<Record<string, { name: string; read: typeof readBulk }>> = {
  "/v2/email/outbound-bulk-emails": { name: "SendBulkEmail", read: readBulk },
  "/v2/email/outbound-emails": { name: "SendEmail", read: readSingle },
};

/** Answers a request to SESv2's API and writes it to the log of calls. */
export async function answerApi(ses: Simulator, request: Request): Promise<Reply> {
  const ms = performance.timeOrigin + performance.now();
  const found = find(request);
  const sent = await run(ses, request, found);
  const { reply } = sent;
  const logged = { ms, at: new Date(ms).toISOString(), operation: found.name, recipients: sent.recipients };
  const error = reply === "drop" ? null : (reply.headers?.["x-amzn-errortype"] ?? null);
  const status = reply === "drop" ? 0 : reply.status;
  ses.calls.add({ ...logged, accepted: sent.accepted, status, error, faults: sent.faults });
  if (reply === "drop") return reply;
  return { ...reply, headers: { ...reply.headers, "x-amzn-requestid": randomUUID() } };
}

type Found = { name: string; run: (ses: Simulator, request: Request) => Promise<Sent> };

function find(request: Request): Found {
  const sending = request.method === "POST" ? sends[request.path] : undefined;
  if (sending) return { name: sending.name, run: (ses, { body }) => send(ses, sending.read(readJson(body))) };
  for (const { name, method, path, run } of routes) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (!match) continue;
    const labels = match.slice(1).map(decodeURIComponent);
    return {
      name,
      run: async (ses, { query, body }) => {
        const faults = ses.faults.strike(name, []).first("error");
        if (faults) throw new SesError(faults.status, faults.type, faults.message);
        return { reply: run(ses, { labels, query, body: readJson(body) }), recipients: 0, accepted: 0, faults: [] };
      },
    };
  }
  return {
    name: `${request.method} ${request.path}`,
    run: async () => {
      throw new SesError(404, "UnknownOperationException", "This simulator does not know that operation.");
    },
  };
}

async function run(ses: Simulator, request: Request, found: Found): Promise<Sent> {
  try {
    checkSignature(request, ses.now());
    return await found.run(ses, request);
  } catch (error) {
    if (!(error instanceof SesError)) throw error;
    return { reply: errorReply(error), recipients: 0, accepted: 0, faults: [] };
  }
}

/** AWS refuses a request signed more than this long ago; delivery relies on it (docs/delivery.md). */
const signatureMinutes = 5;

/** The signature itself is not checked, only that there is one and how old it is. */
function checkSignature(request: Request, now: number): void {
  if (!request.header("authorization")?.startsWith("AWS4-"))
    throw new SesError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  const date = request.header("x-amz-date");
  const parts = date === undefined ? null : /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (!parts) return;
  const [, year, month, day, hour, minute, second] = parts;
  const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (now - signed <= signatureMinutes * 60_000) return;
  const earliest = new Date(now - signatureMinutes * 60_000).toISOString();
  throw new SesError(
    403,
    "InvalidSignatureException",
    `Signature expired: ${date} is now earlier than ${earliest.replaceAll(/[-:]|\.\d+/g, "")} (- ${signatureMinutes} min.)`,
  );
}
