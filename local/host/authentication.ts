import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RunCredentials } from "../aws.ts";
import { answerJson } from "./http.ts";

/** AWS services that the host replaces. */
export type Api = "lambda" | "secrets" | "s3";

/**
 * Whether an AWS client has this run's credentials. The session token is in its own header; the signature isn't
 * checked, because nothing can change a request on the loopback interface.
 */
export function hasToken(request: IncomingMessage, { sessionToken }: RunCredentials): boolean {
  const given = Buffer.from(String(request.headers["x-amz-security-token"] ?? ""));
  const expected = Buffer.from(sessionToken);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const message =
  "The security token included in the request is invalid: it isn't this run's. " +
  "Set AWS_CONFIG_FILE to the file `aws` in the data folder, or use npx --no-install broadsheet with --data.";

/** Refuses like the service would. */
export function refuseToken(api: Api, response: ServerResponse): void {
  const type = "UnrecognizedClientException";
  if (api === "lambda") answerJson(response, 403, { message }, { "x-amzn-errortype": type });
  else if (api === "secrets")
    answerJson(response, 400, { __type: type, message }, { "content-type": "application/x-amz-json-1.1" });
  else
    response
      .writeHead(403, { "content-type": "application/xml" })
      .end(`<Error><Code>InvalidToken</Code><Message>${message}</Message></Error>`);
}
