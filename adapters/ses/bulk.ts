import { type MessageHeader, SESv2Client, type SESv2ClientConfig, SendBulkEmailCommand } from "@aws-sdk/client-sesv2";
import type { SesAnswer } from "#domain/delivery/calls/answer.ts";
import type { BulkCall, Gate, Header } from "#domain/delivery/calls/call.ts";
import { LARGEST_CALL } from "#domain/delivery/pace/size.ts";
import { withTimeLimit } from "../aws/time-limit.ts";
import { untracked } from "./untracked.ts";

/** More sockets than calls in flight, so no call waits for one after it passed the gate. */
const SOCKETS = 128;
/** A server may close an idle connection at any moment; a call on it would look like a lost answer. */
const IDLE_SOCKET_MS = 4_000;

/** Longer than the longest setting of callTimeoutSeconds; each call has its own limit within it. */
const LONGEST_CALL_MS = 55_000;

/** A client for bulk calls, without retries, because SES can't recognise a repeated call. */
export function bulkClient(options: SESv2ClientConfig = {}): SESv2Client {
  const agent = { keepAlive: true, maxSockets: SOCKETS, timeout: IDLE_SOCKET_MS };
  const client = new SESv2Client({
    ...options,
    maxAttempts: 1,
    requestHandler: { httpAgent: agent, httpsAgent: agent, connectionTimeout: 3_000 },
  });
  return withTimeLimit(client, LONGEST_CALL_MS);
}

/** The gate refused: the pace's window is full, or it is too late. Thrown through the SDK, and caught here. */
class GateShut extends Error {
  override readonly name = "GateShut";
  readonly why: "wait" | "late";
  constructor(why: "wait" | "late") {
    super(why);
    this.why = why;
  }
}

/** "window": nothing was sent; wait for the pace and call again, with a new signature. */
type BulkAnswer = SesAnswer | { readonly is: "window" };

/**
 * One SendBulkEmail call, made at most once. It always ends: with an answer, or after `timeoutSeconds`. The gate is
 * checked after signing, so the signature's five minutes start before it.
 */
export function sesBulk(client: SESv2Client, configurationSet: string, timeoutSeconds: number) {
  return async (call: BulkCall, gate: Gate): Promise<BulkAnswer> => {
    const command = new SendBulkEmailCommand(requestOf(call, configurationSet));
    const place = { name: "deliveryGate", relation: "after", toMiddleware: "httpSigningMiddleware" } as const;
    command.middlewareStack.addRelativeTo(gated(gate), place);
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutSeconds * 1000);
    try {
      const { BulkEmailEntryResults } = await client.send(command, { abortSignal: timeout.signal });
      return { is: "results", results: (BulkEmailEntryResults ?? []).map(resultOf) };
    } catch (error) {
      return answerOf(error, timeout.signal.aborted ? `no answer within ${timeoutSeconds} s` : undefined);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** The last code before the socket. */
const gated =
  (gate: Gate) =>
  <Request, Response>(next: (request: Request) => Promise<Response>) =>
  async (request: Request): Promise<Response> => {
    const verdict = gate();
    if (verdict !== "go") throw new GateShut(verdict);
    return next(request);
  };

const resultOf = (result: {
  Status?: string | undefined;
  MessageId?: string | undefined;
  Error?: string | undefined;
}) => ({
  status: result.Status ?? "",
  messageId: result.MessageId ?? null,
  error: result.Error ?? null,
});

/** Node's errors before there is a connection: nothing of the request was written. */
const beforeConnection = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "EPROTO"]);
const tlsTrouble = /^(ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** The SDK's error as an answer. `timeout` is set if our own time limit ended the call. */
export function answerOf(error: unknown, timeout?: string): BulkAnswer {
  if (error instanceof GateShut) {
    if (error.why === "wait") return { is: "window" };
    return { is: "not-sent", why: "the claim or the lease was too old" };
  }
  if (timeout !== undefined) return { is: "unanswered", why: timeout };
  if (!(error instanceof Error)) return { is: "unanswered", why: String(error) };
  const status = statusOf(error);
  if (status !== undefined && status >= 300) {
    return { is: "error", status, code: error.name, message: error.message };
  }
  // A 2xx that couldn't be read: SES has accepted it.
  if (status !== undefined) return { is: "unanswered", why: `an unreadable answer (${error.name})` };
  return beforeSocket(error) ?? { is: "unanswered", why: `${error.name}: ${codeOf(error) ?? error.message}` };
}

/** Failures that certainly happened before the first byte was sent. */
function beforeSocket(error: Error): SesAnswer | undefined {
  const code = codeOf(error) ?? "";
  const connecting = error.name === "TimeoutError" && /establish a connection/i.test(error.message);
  if (beforeConnection.has(code) || tlsTrouble.test(code) || connecting) {
    return { is: "unreachable", why: code || error.message };
  }
  if (error.name === "CredentialsProviderError")
    return { is: "error", status: 403, code: error.name, message: error.message };
  return undefined;
}

function statusOf(error: Error): number | undefined {
  if (!("$metadata" in error) || typeof error.$metadata !== "object" || error.$metadata === null) return undefined;
  const { $metadata } = error;
  return "httpStatusCode" in $metadata && typeof $metadata.httpStatusCode === "number"
    ? $metadata.httpStatusCode
    : undefined;
}

const codeOf = (error: Error): string | undefined =>
  "code" in error && typeof error.code === "string" ? error.code : undefined;

/**
 * The request. List-Unsubscribe and other personal headers are in ReplacementHeaders; the template's headers are added
 * if an entry has none of that name (BulkEmailEntry in the API reference).
 */
function requestOf(call: BulkCall, ConfigurationSetName: string) {
  if (call.entries.length > LARGEST_CALL) throw new Error(`SES takes at most ${LARGEST_CALL} entries a call.`);
  const { subject, html, text } = call.email;
  return {
    FromEmailAddress: call.from,
    ReplyToAddresses: [call.replyTo],
    ConfigurationSetName,
    ConfigurationOverrides: untracked,
    DefaultContent: {
      Template: {
        TemplateContent: { Subject: subject, Html: html, Text: text },
        TemplateData: "{}",
        Headers: call.headers.map(pairOf),
      },
    },
    BulkEmailEntries: call.entries.map((entry) => ({
      Destination: { ToAddresses: [entry.to] },
      ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(entry.values) } },
      ReplacementHeaders: entry.headers.map(pairOf),
      ReplacementTags: entry.tags.map(pairOf),
    })),
  };
}

const pairOf = ({ name, value }: Header): MessageHeader => ({ Name: name, Value: value });
