import type { Server } from "node:http";
import { isCode } from "./folder.ts";

/** Parts listen only on the loopback interface. */
export const loopback = "127.0.0.1";

/** Listens on a local port; 0 takes a free one. @returns the base URL. */
export function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, loopback, () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new Error("the server has no port"));
      resolve(`http://${loopback}:${address.port}`);
    });
  });
}

/** Ends a server: idle connections at once, busy ones after `graceMs`. */
export function closeServer(server: Server, graceMs = 2_000): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * Starts something on the first free port of these.
 * @throws Error in words when none is.
 */
export async function onFirstFree<T>(what: string, ports: readonly number[], start: (port: number) => Promise<T>) {
  for (const port of ports) {
    try {
      return await start(port);
    } catch (error) {
      if (!isCode(error, "EADDRINUSE")) throw error;
    }
  }
  throw new Error(
    `Port ${ports.at(-1)} is in use, so ${what} cannot listen on it. Stop what uses it, or choose another with ` +
      `--port N; --port 0 takes free ones.`,
  );
}
