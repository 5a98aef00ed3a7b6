import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/** Methods that a Request can't have (Fetch §2.2.1). */
const FORBIDDEN_METHODS = ["CONNECT", "TRACE", "TRACK"];

/**
 * Answers an HTTP API's event with an app. An event that can't be a Request is the client's error, so it gets a 4xx and
 * doesn't fail the function.
 */
export async function serveEvent(
  event: APIGatewayProxyEventV2,
  app: (request: Request) => Response | Promise<Response>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { method } = event.requestContext.http;
  if (FORBIDDEN_METHODS.includes(method.toUpperCase())) return plainResult(405, `The method ${method} isn't allowed.`);
  const request = requestOf(event);
  if (request === undefined) return plainResult(400, "The request is malformed.");
  return toResult(await app(request));
}

const plainResult = (statusCode: number, text: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(statusCode === 405 ? { allow: "GET, HEAD, POST" } : {}),
  },
  body: `${text}\n`,
  isBase64Encoded: false,
});

function requestOf(event: APIGatewayProxyEventV2): Request | undefined {
  try {
    return toRequest(event);
  } catch {
    // A header with a line end, or an invalid path.
    return undefined;
  }
}

/**
 * An HTTP API's event (payload format 2.0) as a Request. Cookies are in a separate list
 * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 * @throws TypeError if the event has a method, header or path that a Request cannot have
 */
export function toRequest(event: APIGatewayProxyEventV2): Request {
  const { method } = event.requestContext.http;
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers)) if (value !== undefined) headers.set(name, value);
  if (event.cookies !== undefined) headers.set("cookie", event.cookies.join("; "));
  const query = event.rawQueryString === "" ? "" : `?${event.rawQueryString}`;
  const url = `https://${event.requestContext.domainName}${event.rawPath}${query}`;
  const body = method === "GET" || method === "HEAD" ? undefined : bodyOf(event);
  return new Request(url, { method, headers, body });
}

const bodyOf = ({ body, isBase64Encoded }: APIGatewayProxyEventV2) =>
  body === undefined ? undefined : Buffer.from(body, isBase64Encoded ? "base64" : "utf8");

/** Types that a Lambda result can return as a string; other bodies are base64. */
const isText = (type: string) => /^(text\/|application\/([\w.+-]*\+)?(json|xml|javascript)\b)|^$/i.test(type);

/** The app's response in payload format 2.0. */
export async function toResult(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "set-cookie"));
  const cookies = response.headers.getSetCookie();
  const base64 = !isText(response.headers.get("content-type") ?? "");
  return {
    statusCode: response.status,
    headers,
    ...(cookies.length > 0 ? { cookies } : {}),
    body: base64 ? Buffer.from(await response.arrayBuffer()).toString("base64") : await response.text(),
    isBase64Encoded: base64,
  };
}
