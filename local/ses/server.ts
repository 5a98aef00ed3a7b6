import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { refuse, requestUrl } from "../guard.ts";
import { answerApi } from "./api/routes.ts";
import { answerControl } from "./control.ts";
import { answer, json, type Reply, type Request, readRequest, TooLarge } from "./http.ts";
import type { Live } from "./inbox/live.ts";
import { answerInbox } from "./inbox/routes.ts";
import type { Shelf } from "./inbox/shelf.ts";
import type { Simulator } from "./simulator.ts";

/** One server: SESv2's API under /v2, the control API under /_control, the inbox elsewhere. */
export function createSesServer(ses: Simulator, shelf: Shelf, live: Live) {
  const server = createServer((incoming, outgoing) => {
    handle(ses, shelf, live, incoming, outgoing).catch((error: unknown) => {
      if (error instanceof TooLarge) return answer(outgoing, json(413, { message: error.message }));
      console.error("The SES simulator failed on a request:", error);
      if (outgoing.headersSent) outgoing.destroy();
      else answer(outgoing, json(500, { message: "The simulator failed; its log says why." }, internal));
    });
  });
  // The SDK keeps sockets open between calls; closing one under it looks like a dropped call.
  server.keepAliveTimeout = 120_000;
  server.headersTimeout = 125_000;
  return server;
}

const internal = { "x-amzn-errortype": "InternalFailure" };

async function handle(
  ses: Simulator,
  shelf: Shelf,
  live: Live,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (refuse(incoming, outgoing, isApi(requestUrl(incoming).pathname) ? "programs" : "pages")) return;
  const request = await readRequest(incoming);
  if (request.path === "/live" && request.method === "GET") return live.follow(outgoing);
  answer(outgoing, await route(ses, shelf, request));
}

const isApi = (path: string) => path.startsWith("/v2/") || path.startsWith("/_control/");

async function route(ses: Simulator, shelf: Shelf, request: Request): Promise<Reply> {
  if (request.path.startsWith("/v2/")) return answerApi(ses, request);
  if (request.path.startsWith("/_control/")) return answerControl(ses, request);
  return answerInbox(ses, shelf, request);
}
