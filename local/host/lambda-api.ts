import type { IncomingMessage, ServerResponse } from "node:http";
import { answerJson, readBody } from "./http.ts";
import { functionArn, type Invoker } from "./invoker.ts";

/** Lambda's payload limits in bytes: 6 MB synchronous, 1 MB asynchronous. */
const limits = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const;

const route = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** The function of an Invoke request; undefined: not a path of Lambda's. */
export function invokedFunction(url: URL): string | undefined {
  const found = route.exec(url.pathname)?.[1];
  return found === undefined ? undefined : plainName(decodeURIComponent(found));
}

/** A function may be named by its name, a partial or a full ARN, each with `:qualifier`. */
function plainName(reference: string): string {
  const parts = reference.split(":");
  const marker = parts.indexOf("function");
  return (marker === -1 ? parts[0] : parts[marker + 1]) ?? reference;
}

/** `POST /2015-03-31/functions/NAME/invocations`: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export async function serveInvoke(
  invoker: Invoker,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "POST") return refuse(response, 405, "MethodNotAllowedException", "Invoke is a POST.");
  if (!invoker.has(name)) {
    return refuse(response, 404, "ResourceNotFoundException", `Function not found: ${functionArn(name)}`);
  }
  const type = request.headers["x-amz-invocation-type"] ?? "RequestResponse";
  const limit = type === "Event" ? limits.Event : limits.RequestResponse;
  const body = await readBody(request, limit);
  if (body === undefined) {
    return refuse(response, 413, "RequestTooLargeException", `Request must be smaller than ${limit} bytes`);
  }
  const payload = parse(body);
  if (payload === undefined) {
    return refuse(response, 400, "InvalidRequestContentException", "Could not parse request body into json.");
  }
  if (type === "DryRun") return void response.writeHead(204).end();
  if (type === "Event") {
    return void response.writeHead(202, { "x-amzn-requestid": invoker.invokeLater(name, payload.value) }).end();
  }
  await answer(invoker, name, payload.value, response);
}

async function answer(invoker: Invoker, name: string, payload: unknown, response: ServerResponse): Promise<void> {
  const result = await invoker.invoke(name, payload);
  response.writeHead(200, {
    "content-type": "application/json",
    "x-amzn-requestid": result.requestId,
    "x-amz-executed-version": "$LATEST",
    ...(result.functionError === null ? {} : { "x-amz-function-error": result.functionError }),
  });
  response.end(result.payload);
}

/** An invocation without a body has the event `{}`, as with Lambda. */
function parse(body: Buffer): { value: unknown } | undefined {
  if (body.length === 0) return { value: {} };
  try {
    return { value: JSON.parse(body.toString("utf8")) };
  } catch {
    return undefined;
  }
}

const refuse = (response: ServerResponse, status: number, type: string, message: string): void =>
  answerJson(response, status, { Type: "User", message, Message: message }, { "x-amzn-errortype": type });
