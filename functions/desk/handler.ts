import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { clientAddress } from "#adapters/http-api/client-address.ts";
import { serveEvent } from "#adapters/http-api/request.ts";
import { open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  opened ??= open();
  const { app, originSecret } = opened;
  return serveEvent(event, (request) => app.fetch(request, { address: clientAddress(event, originSecret) }));
}
