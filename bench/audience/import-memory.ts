import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";

/** Megabytes by which the memory of the process that imports or exports may grow from 10,000 to 1,000,000 rows. */
const MOST_MB = 50;
const SIZES = [10_000, Number(process.env.BENCH_ROWS ?? 1_000_000)] as const;
const root = fileURLToPath(new URL("../..", import.meta.url));
const Call = z.union([
  z.object({ rows: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })) }),
  z.object({ do: z.literal("subscriber export"), after: z.string().optional(), limit: z.number() }),
]);

/** A page of a list of so many subscribers, each with two events of consent. */
function pageOf(listed: number, from: number, limit: number) {
  const at = "2026-01-01T00:00:00.000Z";
  const event = { at, by: "reader", source: "web form", evidence: "192.0.2.0/24" };
  const subscribers = Array.from({ length: Math.min(limit, listed - from) }, (_, n) => ({
    ...{ address: `reader${from + n}@example.com`, status: "active", consent: "confirmed on the web" },
    ...{ addedAt: at, changedAt: at, zone: "Europe/London", language: "en" },
    history: [
      { ...event, did: "requested" },
      { ...event, did: "confirmed" },
    ],
  }));
  return { subscribers, next: from + limit < listed ? String(from + limit) : null };
}

/**
 * A fake function that accepts the rows as new, and exports a list of so many subscribers, because only the process
 * that calls it is measured.
 */
async function startStub(list: { size: number }) {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const call = Call.parse(JSON.parse(Buffer.concat(parts).toString("utf8")));
    response.writeHead(200, { "content-type": "application/json" });
    if ("rows" in call) {
      const rows = call.rows.map(({ line, cells: [address = ""] }) => ({
        line,
        address,
        outcome: "new",
        reason: null,
      }));
      response.end(JSON.stringify({ format: "csv", rows }));
    } else {
      response.end(JSON.stringify(pageOf(list.size, Number(call.after ?? 0), call.limit)));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address: AddressInfo | string | null = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}` };
}

async function writeList(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write("email,name,joined\n");
  for (let n = 0; n < rows; n += 1) {
    if (!out.write(`reader${n}@example.com,"Reader, number ${n}",2026-01-01T00:00:00Z\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

/** Runs the command on a file and returns its peak memory in megabytes. */
async function peakOf(url: string, command: "import" | "export", file: string): Promise<number> {
  const peak = `${file}.peak`;
  const report = `process.on("exit", () => process.getBuiltinModule("fs").writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))`;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(report)}`, join(root, "cli/start.js")];
  const child = spawn(process.execPath, [...args, "subscriber", command, "daily", file, "--stack", "broadsheet"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_LAMBDA: url,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      NO_COLOR: "1",
    },
  });
  const [code] = await once(child, "exit");
  rmSync(file, { force: true });
  if (code !== 0) throw new Error(`subscriber ${command} ended with ${code}`);
  return Number(readFileSync(peak, "utf8")) / 1024;
}

/** Prints the peak memory of imports and exports; false if it grows too much. `npm run bench import-memory` */
export async function reportImportMemory(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "bench-import-"));
  const list = { size: 0 };
  const { server, url } = await startStub(list);
  try {
    const growths: number[] = [];
    for (const command of ["import", "export"] as const) {
      const peaks: number[] = [];
      for (const size of SIZES) {
        list.size = size;
        const file = join(folder, `${command}-${size}.csv`);
        if (command === "import") await writeList(file, size);
        peaks.push(await peakOf(url, command, file));
      }
      const [small = 0, large = 0] = peaks;
      growths.push(large - small);
      console.log(
        `  ${command}: ${SIZES[0].toLocaleString("en")} rows ${small.toFixed(0)} MB, ${SIZES[1].toLocaleString("en")} rows ` +
          `${large.toFixed(0)} MB: ${(large - small).toFixed(0)} MB more (at most ${MOST_MB})` +
          (large - small > MOST_MB ? "  TOO MUCH" : ""),
      );
    }
    return growths.every((growth) => growth <= MOST_MB);
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) process.exitCode = (await reportImportMemory()) ? 0 : 1;
