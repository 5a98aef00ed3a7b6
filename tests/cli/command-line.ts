import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { vi } from "vitest";
import { run } from "#cli/program.ts";

type Ran = { code: number | null; out: string; err: string };
type Request = Record<string, unknown> & { do: string };
export type Answers = (request: Request) => object;

/** Runs the command line in this process, which is what makes many tests of it quick. */
export async function broadsheet(args: readonly string[]): Promise<Ran> {
  const ran: Ran = { code: null, out: "", err: "" };
  const out = vi.spyOn(process.stdout, "write").mockImplementation((part) => {
    ran.out += part;
    return true;
  });
  const err = vi.spyOn(process.stderr, "write").mockImplementation((part) => {
    ran.err += part;
    return true;
  });
  try {
    const code = await run(args);
    return { ...ran, code };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

/** Runs the command as a shell would: in another process, without a terminal. */
export function spawned(args: readonly string[], { input = "", env = {} } = {}): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [resolve("cli/start.js"), ...args], { env: { ...process.env, ...env } });
    const ran: Ran = { code: null, out: "", err: "" };
    child.stdout.on("data", (part) => {
      ran.out += part;
    });
    child.stderr.on("data", (part) => {
      ran.err += part;
    });
    child.on("error", fail);
    child.on("close", (code) => done({ ...ran, code }));
    child.stdin.end(input);
  });
}

/** A system of which only the command function is there, answering as told; `asked` has what came. */
export async function fakeSystem(answers: Answers) {
  const requests: Request[] = [];
  const names: string[] = [];
  const server = createServer(async (request, response) => {
    names.push(decodeURIComponent(/functions\/([^/]+)\/invocations/.exec(request.url ?? "")?.[1] ?? ""));
    let body = "";
    for await (const part of request) body += part;
    const command: Request = JSON.parse(body);
    requests.push(command);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(await answers(command)));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const data = newFolder();
  const credentials = { accessKeyId: "local", secretAccessKey: "local", sessionToken: "of this run" };
  const lambda = `http://127.0.0.1:${address.port}`;
  const system = { v: 1, stack: "broadsheet", region: "us-east-1", endpoints: { lambda }, credentials, queues: {} };
  writeFileSync(join(data, "system.json"), JSON.stringify(system));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { data, lambda, requests, names, close };
}

/** Runs one command against a system that answers so; gives what was asked of it too. */
export async function ask(answers: Answers, args: readonly string[], input?: string) {
  const system = await fakeSystem(answers);
  try {
    const line = [...args, "--data", system.data, "--by", "ed"];
    const ran = await (input === undefined ? broadsheet(line) : spawned(line, { input }));
    return { ...ran, requests: system.requests };
  } finally {
    await system.close();
  }
}

export const gives = (value: object) => () => ({ ok: true, ...value });
export const json = ({ out }: Pick<Ran, "out">) => JSON.parse(out);

export const newFolder = () => mkdtempSync(join(tmpdir(), "broadsheet-cli-"));

export const edition = (change: object = {}) => ({
  newsletter: "daily",
  date: "2026-11-23",
  state: "draft",
  reason: null,
  rev: 1,
  subject: "Snow at last",
  preheader: "Plus: rain",
  lead: {
    storyId: "s0",
    title: "Snow \u001b[31mat last",
    url: "https://news.example/snow",
    paragraphs: ["It snowed."],
    source: "The News",
    image: null,
    reasons: ["Four sources tell it."],
  },
  headlines: [
    {
      storyId: "s1",
      title: "Rain",
      url: null,
      source: "The News",
      alsoIn: ["The Other"],
      developing: true,
      reasons: ["It is new."],
    },
  ],
  counts: counts({}),
  bytes: { html: 20_500, text: 5_100 },
  hash: "5e1f".repeat(16),
  ...change,
});

export const counts = (change: object) => ({
  audience: 0,
  accepted: 0,
  refused: 0,
  failed: 0,
  skipped: 0,
  held: 0,
  unknown: 0,
  waiting: 0,
  ...change,
});
