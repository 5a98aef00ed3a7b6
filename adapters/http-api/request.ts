import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/**
 * An HTTP API's event (payload format 2.0) as a Request. Cookies come in a list of their own
 * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
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

/** The answer to it, which must be text. */
export async function toResult(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "set-cookie"));
  const cookies = response.headers.getSetCookie();
  return {
    statusCode: response.status,
    headers,
    ...(cookies.length > 0 ? { cookies } : {}),
    body: await response.text(),
    isBase64Encoded: false,
  };
}
