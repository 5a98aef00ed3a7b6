import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A minimal replacement for SES, so only the client is measured: it accepts every SendBulkEmail call after a number of
 * milliseconds and does nothing else. It prints its address, and ends with its parent.
 */
const wait = Number(process.argv[2] ?? 60);
const entry = Buffer.from('"Destination"');

const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  let entries = 0;
  for (let at = body.indexOf(entry); at >= 0; at = body.indexOf(entry, at + entry.length)) entries += 1;
  await sleep(wait);
  const results = Array.from({ length: entries }, (_, n) => ({ Status: "SUCCESS", MessageId: `${n}` }));
  response
    .writeHead(200, { "content-type": "application/json" })
    .end(JSON.stringify({ BulkEmailEntryResults: results }));
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address) console.log(`http://127.0.0.1:${address.port}`);
});
process.on("disconnect", () => process.exit());
