import type { Context, Hono } from "hono";
import { type Fault, fault, type Outcome } from "#domain/outcome.ts";
import { isAllowed } from "#functions/desk-command/contract.ts";
import { fieldOf } from "../access/body.ts";
import type { DeskEnv } from "../access/person.ts";
import type { RunCommand } from "../ask.ts";
import { paths } from "../contract.ts";
import { boardBody } from "../office/board.ts";
import { editionsBody } from "../office/editions.ts";
import { logBody } from "../office/log.ts";
import { noResults, resultsBody } from "../office/results.ts";
import { sourcesBody } from "../office/sources.ts";
import { deskPage } from "../views/frame.ts";
import type { Newsletter } from "./edition-at.ts";
import { faultPage, missingPage } from "./notice-answers.ts";
import { statusOf } from "./status.ts";

export type NewsroomPorts = {
  newsletters: readonly Newsletter[];
  runCommand: RunCommand;
  now: () => string;
};

/** Pages about more than one edition: newsletters, editions, sources and the log. */
export function addNewsroom(app: Hono<DeskEnv>, ports: NewsroomPorts): void {
  app.get("/", (c) => newsletters(ports, c));
  app.get("/:newsletter/editions", (c) => editions(ports, c));
  app.get("/:newsletter/results", (c) => results(ports, c));
  app.get("/-/sources", (c) => sources(ports, c, null));
  app.post("/-/sources", (c) => changeSources(ports, c));
  app.get("/-/log", (c) => log(ports, c));
}

async function newsletters(ports: NewsroomPorts, c: Context<DeskEnv>) {
  const { person, token } = c.var;
  const board = await ports.runCommand(person, "board", {});
  if (!board.ok) return faultPage(c, board.fault);
  const body = boardBody(board.value, ports.now());
  return c.html(deskPage({ script: true, section: "newsletters", title: "Newsletters", person, token, body }));
}

async function editions(ports: NewsroomPorts, c: Context<DeskEnv>) {
  const found = ports.newsletters.find(({ name }) => name === c.req.param("newsletter"));
  if (found === undefined) return missingPage(c, "");
  const { person } = c.var;
  const [listed, plan] = await Promise.all([
    ports.runCommand(person, "list", { newsletter: found.name }),
    ports.runCommand(person, "plan", { newsletter: found.name }),
  ]);
  if (!listed.ok) return faultPage(c, listed.fault);
  const about = { ...found, editions: listed.value.editions, plan: plan.ok ? plan.value : null };
  return c.html(
    deskPage({
      script: true,
      section: "newsletters",
      title: `Editions of ${found.title}`,
      ...c.var,
      body: editionsBody(about),
    }),
  );
}

async function results(ports: NewsroomPorts, c: Context<DeskEnv>) {
  const found = ports.newsletters.find(({ name }) => name === c.req.param("newsletter"));
  if (found === undefined) return missingPage(c, "");
  const date = c.req.query("date");
  const request = { newsletter: found.name, ...(date ? { date } : {}) };
  const read = await ports.runCommand(c.var.person, "results", request);
  const isEmpty = !read.ok && read.fault.code === "no-edition" && date === undefined;
  if (!read.ok && !isEmpty) return faultPage(c, read.fault);
  const body = read.ok ? resultsBody({ ...found, results: read.value }) : noResults(found.name, found.title);
  return c.html(deskPage({ script: true, section: "newsletters", title: `Results of ${found.title}`, ...c.var, body }));
}

type Result = { fault?: Fault; done?: string };

async function sources(ports: NewsroomPorts, c: Context<DeskEnv>, result: Result | null) {
  const { person, token } = c.var;
  const listed = await ports.runCommand(person, "source list", {});
  if (!listed.ok) return faultPage(c, listed.fault);
  const body = sourcesBody({
    sources: listed.value.sources,
    token,
    path: paths.sources,
    mayChange: isAllowed(person.role, "source add"),
    now: ports.now(),
    result,
    renaming: listed.value.sources.find(({ id }) => id === c.req.query("rename")) ?? null,
    removing: listed.value.sources.find(({ id }) => id === c.req.query("remove")) ?? null,
  });
  const status = result?.fault === undefined ? 200 : statusOf(result.fault);
  return c.html(deskPage({ script: true, section: "sources", title: "Sources", person, token, body }), status);
}

async function changeSources(ports: NewsroomPorts, c: Context<DeskEnv>) {
  const { person } = c.var;
  const field = (name: string) => fieldOf(c.var.body, name).trim();
  const done = await sourceChanged(ports.runCommand, person, field);
  return sources(ports, c, done.ok ? { done: done.value } : { fault: done.fault });
}

async function sourceChanged(
  runCommand: RunCommand,
  person: DeskEnv["Variables"]["person"],
  field: (name: string) => string,
): Promise<Outcome<string>> {
  switch (field("do")) {
    case "add": {
      const added = await runCommand(person, "source add", { url: field("url") });
      return added.ok
        ? { ok: true, value: `${added.value.source.title} was added. Its articles come in from now on.` }
        : added;
    }
    case "remove": {
      const removed = await runCommand(person, "source remove", { source: field("source") });
      return removed.ok ? { ok: true, value: `${removed.value.source.title} was removed.` } : removed;
    }
    case "rename": {
      const renamed = await runCommand(person, "source rename", { source: field("source"), title: field("title") });
      return renamed.ok
        ? { ok: true, value: `It is called ${renamed.value.source.title} in editions made from now on.` }
        : renamed;
    }
    case "check": {
      const polled = await runCommand(person, "ingest", { source: field("source") });
      const report = polled.ok ? polled.value.reports[0] : undefined;
      const text =
        report === undefined ? "it isn't polled." : (report.error ?? `${report.fresh} new, ${report.changed} changed.`);
      return polled.ok ? { ok: true, value: `${field("source")}: ${text}` } : polled;
    }
    default:
      return fault("bad-request", "This page is out of date. Reload it and try again.");
  }
}

async function log(ports: NewsroomPorts, c: Context<DeskEnv>) {
  const { newsletter, date } = c.req.query();
  const request = { ...(newsletter ? { newsletter } : {}), ...(date ? { date } : {}) };
  const read = await ports.runCommand(c.var.person, "log", request);
  if (!read.ok) return faultPage(c, read.fault);
  const body = logBody({ entries: read.value.entries, ...request, newsletters: ports.newsletters });
  return c.html(deskPage({ script: true, section: "log", title: "Log", ...c.var, body }));
}
