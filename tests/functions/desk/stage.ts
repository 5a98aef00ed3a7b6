import { createServer } from "node:http";
import { Hono } from "hono";
import { memoryAudit } from "#adapters/memory/desk/audit.ts";
import { memoryPresence } from "#adapters/memory/desk/presence.ts";
import type { Article } from "#domain/article/article.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { answer } from "#functions/command/answer.ts";
import { commandTable } from "#functions/command/table.ts";
import { withBody } from "#functions/desk/access/body.ts";
import { contentSecurityPolicy } from "#functions/desk/access/guards.ts";
import type { DeskEnv, Person } from "#functions/desk/access/person.ts";
import { deskApp } from "#functions/desk/app.ts";
import { commandRunner } from "#functions/desk/ask.ts";
import { base } from "#functions/desk/contract.ts";
import { deskFiles } from "#functions/desk/files.ts";
import { DeskRequest, signedCommand } from "#functions/desk-command/contract.ts";
import { build } from "#usecases/editions/making/build.ts";
import { setting } from "../../testing/command-setting.ts";
import { system } from "../../testing/editions/editions-system.ts";

/**
 * The desk in front of the real commands and assembly, over memory: everything but signing in. A page's cookie `who`
 * says who is signed in.
 */
export async function openStage(articles: Article[], over: Partial<NewsletterConfig> = {}) {
  const made = system(articles, over);
  const commands = setting();
  const mails: string[] = [];
  const table = commandTable({
    ...commands,
    ...made.ports,
    ledger: commands.ledger,
    editions: { ...commands.editions, ...made.editions },
    sources: Object.assign(commands.sources, { list: made.ports.sources.list }),
    audit: memoryAudit(),
    log: commands.log,
    build: (request) => build(made.ports, request),
    sendOne: async ({ to }) => `message-${mails.push(to)}`,
  });
  const net = { isDown: false, isSignedOut: false, requests: [] as string[] };
  const app = new Hono<DeskEnv>();
  app.get(`${base}/assets/:name`, (c) => {
    const file = deskFiles.find(({ name }) => name === c.req.param("name"));
    return file ? c.body(file.body, 200, { "Content-Type": file.type }) : c.notFound();
  });
  app.use(withBody((c, { status, message }) => c.text(message, status)));
  app.use(async (c, next) => {
    net.requests.push(`${c.req.method} ${new URL(c.req.url).pathname}`);
    if (net.isSignedOut && c.req.header("x-desk-token")) {
      const message = "You were signed out. What you wrote is still here: sign in, and it goes on.";
      return c.json({ fault: { code: "signed-out", message }, signIn: "/desk/sign-in" }, 401);
    }
    const name = /who=(\w+)/.exec(c.req.header("cookie") ?? "")?.[1] ?? "Ana";
    const person: Person = { id: name, name, role: name === "Vera" ? "viewer" : "approver" };
    c.set("person", person);
    c.set("token", "the-token");
    await next();
    if (!c.res.headers.has("Content-Security-Policy"))
      c.res.headers.set("Content-Security-Policy", contentSecurityPolicy);
    c.res.headers.set("Cache-Control", "no-store");
  });
  const ask = commandRunner(async (request) => {
    const signed = signedCommand(DeskRequest.parse(request));
    return JSON.parse(JSON.stringify(await answer(table, signed, () => {})));
  });
  app.route(
    base,
    deskApp({
      newsletters: [{ name: "daily", title: "The Daily Broadsheet", language: over.language ?? "en" }],
      runCommand: ask,
      now: made.ports.now,
      presence: memoryPresence(),
    }),
  );
  const server = createServer(async (request, response) => {
    if (net.isDown) return void request.socket.destroy();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as [string, string]] : [],
    );
    const body = request.method === "POST" ? Buffer.concat(parts) : undefined;
    const answered = await app.fetch(
      new Request(`http://${request.headers.host}${request.url}`, { method: request.method ?? "GET", headers, body }),
    );
    response.writeHead(answered.status, Object.fromEntries(answered.headers));
    response.end(Buffer.from(await answered.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    ...made,
    net,
    mails,
    url: `http://127.0.0.1:${port}/desk/daily/2026-11-23`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Stage = Awaited<ReturnType<typeof openStage>>;
