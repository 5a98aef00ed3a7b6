/** Reads one feed of the adversarial corpus in a process with a worker's limits, and reports the cost. */
import { readFeed } from "#adapters/feed-parsing/read.ts";
import { adversaries, harmless } from "./adversarial.ts";

export type Taken = { ms: number; mb: number; failed: string | null };

const [name = "", size = "0"] = process.argv.slice(2);
const make = adversaries.find((one) => one.name === name)?.make ?? harmless;
const bytes = make(Number(size));
// Warms up the compiler, so its work isn't measured.
for (let n = 0; n < 3; n += 1) readFeed({ bytes: harmless(200_000), url: null, contentType: null, now: 0 });
const idle = process.memoryUsage.rss();
const before = process.cpuUsage();
const read = readFeed({ bytes, url: "https://x.example/feed", contentType: null, now: 1_800_000_000_000 });
const { user, system } = process.cpuUsage(before);
const mb = (process.resourceUsage().maxRSS * 1024 - idle) / 1024 / 1024;
process.send?.({ ms: (user + system) / 1000, mb, failed: read.ok ? null : read.fault.message } satisfies Taken);
