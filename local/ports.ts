import { type Folder, type PartName, partNames, recallPart } from "./folder.ts";

/** The host's default port; the other parts use the next ones. */
export const defaultPort = 4400;

/** With `--port N` the host (site and functions) has N, data N + 1, queues N + 2, the inbox and SES N + 3, sign-in N + 4. */
export const portOf = (part: PartName, base: number): number => (base === 0 ? 0 : base + partNames.indexOf(part));

/** Ports to try, best first. With 0, the last port comes first, so links in old emails still work. */
export function portsToTry(folder: Folder, part: PartName, port: number): number[] {
  const last = recallPart(folder, part);
  return port !== 0 || last === undefined ? [port] : [Number(new URL(last.url).port), 0];
}

/** Reads `--port`. @throws Error in words. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535 - partNames.length) return port;
  throw new Error(`--port ${text}: a port is a number from 0 to ${65_535 - partNames.length}; 0 takes free ones.`);
}
