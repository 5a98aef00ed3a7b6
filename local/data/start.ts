import type { Server } from "node:http";
import dynalite from "dynalite";
import { refuse } from "../guard.ts";
import { closeServer, listen } from "../listen.ts";
import { ensureTable } from "./table.ts";

type Data = { url: string; close(): Promise<void> };

/**
 * DynamoDB on this machine: dynalite over LevelDB in `path`, or in memory without one.
 * The table is made once; later starts find it, with the same ARN and creation time.
 */
export async function startData(options: { port: number; path?: string; table: string }): Promise<Data> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, path: options.path });
  // dynalite throws from a request's error event, so a client that dies during a request would end the process.
  server.on("request", (request) => {
    request.removeAllListeners("error");
    request.on("error", () => undefined);
  });
  refuseWebPages(server);
  const url = await listen(server, options.port);
  await ensureTable(url, options.table);
  return { url, close: () => closeServer(server) };
}

/** dynalite allows web pages of every origin (`Access-Control-Allow-Origin: *`). */
function refuseWebPages(server: Server): void {
  const serving = server.rawListeners("request");
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    if (refuse(request, response, "programs")) return;
    for (const serve of serving) Reflect.apply(serve, server, [request, response]);
  });
}
