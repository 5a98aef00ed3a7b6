import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";

/** Megabytes by which the memory of the importing process may grow from 10,000 to 1,000,000 rows. */
const MOST_MB = 50;
const SIZES = [10_000, Number(process.env.BENCH_ROWS ?? 1_000_000)] as const;
const root = fileURLToPath(new URL("../..", import.meta.url));
const Call = z.object({ do: z.string(), rows: z.array(z.object({ line: z.number(), cells: z.array(z.string()) })) });

/** A fake function that accepts the rows as new, because only the process that sends them is measured. */
async function startStub() {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { rows } = Call.parse(JSON.parse(Buffer.concat(parts).toString("utf8")));
    const answered = rows.map(({ line, cells }) => ({ line, address: cells[0] ?? "", outcome: "new", reason: null }));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ format: "csv", rows: answered }));
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

/** Runs the command and returns its peak memory in megabytes. */
async function peakOf(url: string, folder: string, rows: number): Promise<number> {
  const file = join(folder, `${rows}.csv`);
  const peak = join(folder, `${rows}.peak`);
  await writeList(file, rows);
  const report = `process.on("exit", () => process.getBuiltinModule("fs").writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))`;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(report)}`, join(root, "cli/broadsheet.ts")];
  const child = spawn(process.execPath, [...args, "subscriber", "import", "daily", file, "--stack", "broadsheet"], {
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
  rmSync(file);
  if (code !== 0) throw new Error(`the import of ${rows} rows ended with ${code}`);
  return Number(readFileSync(peak, "utf8")) / 1024;
}

/** Prints the peak memory of both imports; false if it grows too much. `npm run bench import-memory` */
export async function reportImportMemory(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "bench-import-"));
  const { server, url } = await startStub();
  try {
    const [small, large] = [await peakOf(url, folder, SIZES[0]), await peakOf(url, folder, SIZES[1])];
    const growth = large - small;
    console.log(
      `  ${SIZES[0].toLocaleString("en")} rows ${small.toFixed(0)} MB, ${SIZES[1].toLocaleString("en")} rows ${large.toFixed(0)} MB: ` +
        `${growth.toFixed(0)} MB more (at most ${MOST_MB})${growth > MOST_MB ? "  TOO MUCH" : ""}`,
    );
    return growth <= MOST_MB;
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) process.exitCode = (await reportImportMemory()) ? 0 : 1;
