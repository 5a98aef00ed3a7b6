import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { viewerAddress } from "#domain/audience/client-address.ts";
import { sameText } from "#domain/audience/token.ts";

/**
 * The client's own address. The distribution's header is believed only with the secret that it alone knows; without,
 * the address is the one that opened the connection.
 */
export function clientAddress(
  { headers, requestContext }: Pick<APIGatewayProxyEventV2, "headers" | "requestContext">,
  originSecret: string | undefined,
): string {
  const viewer = headers["cloudfront-viewer-address"];
  const secret = headers["x-origin-secret"];
  const isTrusted = originSecret !== undefined && secret !== undefined && sameText(secret, originSecret);
  return isTrusted && viewer !== undefined ? viewerAddress(viewer) : requestContext.http.sourceIp;
}
