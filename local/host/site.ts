import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod";
import { account } from "../aws.ts";
import { requestUrl } from "../guard.ts";
import { answerJson, readBody } from "./http.ts";
import type { Invoker } from "./invoker.ts";

/** An HTTP API's limit of a body, in bytes. */
const bodyLimit = 10 * 1024 * 1024;

/** Serves one request by a function, like an HTTP API with payload format 2.0. */
export async function serveSite(
  invoker: Invoker,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, bodyLimit);
  if (body === undefined) return answerJson(response, 413, { message: "Request Entity Too Large" });
  const result = await invoker.invoke(name, toEvent(request, body, new Date()));
  if (result.functionError !== null) return answerJson(response, 500, { message: "Internal Server Error" });
  fromResult(JSON.parse(result.payload), response, request.method === "HEAD");
}

/**
 * An HTTP request as a payload-2.0 event: names in lower case, repeated headers and parameters joined by commas,
 * cookies apart, bodies that are not text in base64 (a form is not text).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toEvent(request: IncomingMessage, body: Buffer, now: Date): APIGatewayProxyEventV2 {
  const url = requestUrl(request);
  const { cookie, ...headers } = joined(request);
  const host = headers.host ?? "";
  const base64 = body.length > 0 && !isText(headers["content-type"] ?? "");
  const query = queryOf(url);
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: account,
      apiId: "local",
      domainName: host,
      domainPrefix: host.split(".")[0] ?? host,
      http: {
        method: request.method ?? "GET",
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: "$default",
      stage: "$default",
      time: clfTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(base64 ? "base64" : "utf8") }),
    isBase64Encoded: base64,
  };
}

function joined(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headersDistinct)) {
    if (value !== undefined) headers[name] = value.join(name === "cookie" ? "; " : ",");
  }
  return headers;
}

function queryOf(url: URL): Record<string, string> | undefined {
  const query: Record<string, string> = {};
  for (const name of new Set(url.searchParams.keys())) query[name] = url.searchParams.getAll(name).join(",");
  return Object.keys(query).length === 0 ? undefined : query;
}

const isText = (contentType: string) => /^\s*(text\/|application\/(json|javascript|xml)\b|$)/i.test(contentType);

/** The time as API Gateway writes it: 23/Nov/2026:07:00:00 +0000. */
function clfTime(now: Date): string {
  const [, day, month, year, time] = now.toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}

const Result = z.object({
  statusCode: z.number().int(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

/** Writes a payload-2.0 result; a result without a status code is the JSON body of a 200. */
export function fromResult(result: unknown, response: ServerResponse, headOnly: boolean): void {
  const parsed = Result.safeParse(result);
  if (parsed.success) write(parsed.data, response, headOnly);
  else answerJson(response, 200, result);
}

function write(result: z.infer<typeof Result>, response: ServerResponse, headOnly: boolean): void {
  const { statusCode, headers = {}, cookies = [], body = "", isBase64Encoded = false } = result;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  if (body !== "" && !response.hasHeader("content-type"))
    response.setHeader("content-type", "text/plain;charset=UTF-8");
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  response.writeHead(statusCode, { "content-length": bytes.length });
  response.end(headOnly ? undefined : bytes);
}
