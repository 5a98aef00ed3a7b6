import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { viewerAddress } from "#domain/audience/limits/client-address.ts";
import { sameText } from "#domain/audience/tokens/token.ts";

/**
 * The client's address. The distribution's header counts only together with the distribution's secret; otherwise it is
 * the address of the connection.
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
