import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { clientAddress } from "#adapters/http-api/client-address.ts";
import { push } from "./app.ts";
import { open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  opened ??= open();
  const { ports, originSecret } = opened;
  const { body = "", isBase64Encoded, headers, rawPath: path, requestContext } = event;
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  const address = clientAddress(event, originSecret);
  const { status, ...said } = await push(ports, {
    method: requestContext.http.method,
    path,
    headers,
    body: bytes,
    address,
  });
  return { statusCode: status, ...said };
}
