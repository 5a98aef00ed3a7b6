import * as z from "zod";
import { dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { dynamoSources } from "#adapters/dynamo/articles/sources.ts";
import { config } from "#broadsheet.config.ts";
import { newSource } from "#domain/source/polling.ts";
import { toInstant } from "#domain/time/instant.ts";
import { answer } from "#functions/command/answer.ts";
import { editorialTable } from "#functions/command/editorial-table.ts";
import { EditorialEnvironment } from "#functions/command/environment.ts";
import { openEditorial } from "#functions/command/open-editorial.ts";
import { startTable, type TestTable } from "#tests/testing/aws/dynalite.ts";
import { articles } from "#tests/testing/editions/edition-fixtures.ts";

/** One command of the desk: calls to the table, successive waits for them, and milliseconds. */
type Counted = { calls: number; trips: number; total: number; own: number };
type Row = Counted & { candidates: number; what: string };

const MINUTE = 60_000;
const RUNS = 7;
const SIZES = [200, 2_000];
/** The most successive waits for the table. */
const MOST_TRIPS = 15;
const newsletter = Object.keys(config.newsletters)[0] ?? "";
const nowhere = "http://127.0.0.1:9/000000000000";

/** What an open page shows, as it sends it when it polls. */
const Shown = z.object({
  workbench: z.object({ decisions: z.number(), edition: z.object({ rev: z.number(), state: z.string() }) }),
});

/** The desk's requests; each is one invocation of desk-command. */
const commands: [what: string, request: (run: number, unless: object) => Record<string, unknown>][] = [
  ["a page", () => ({ do: "workbench" })],
  ["an open page, nothing new", (_, unless) => ({ do: "workbench", unless })],
  ["a preview", () => ({ do: "show" })],
  ["a decision", (run) => ({ do: "decide", decision: { do: "move", story: "3", to: 4 + (run % 3) }, by: "ed" })],
];

/** Counts calls to the table. A trip begins when no other call is in progress. */
function meterOf({ client }: TestTable) {
  let [calls, trips, open, since, waited] = [0, 0, 0, 0, 0];
  client.middlewareStack.add(
    (next) => async (input) => {
      calls += 1;
      if (open === 0) {
        trips += 1;
        since = performance.now();
      }
      open += 1;
      try {
        return await next(input);
      } finally {
        open -= 1;
        if (open === 0) waited += performance.now() - since;
      }
    },
    { step: "initialize", name: "meter" },
  );
  return async <T>(run: () => Promise<T>): Promise<Counted & { value: T }> => {
    [calls, trips, waited] = [0, 0, 0];
    const began = performance.now();
    const value = await run();
    const total = performance.now() - began;
    return { calls, trips, total, own: total - waited, value };
  };
}

async function rowsFor(candidates: number): Promise<Row[]> {
  const server = await startTable();
  try {
    await fill(server, candidates);
    const measure = meterOf(server);
    const give = deskCommand(server);
    await give({ do: "build" });
    const { workbench } = Shown.parse(await give({ do: "workbench" }));
    const unless = { decisions: workbench.decisions, rev: workbench.edition.rev, state: workbench.edition.state };
    const rows: Row[] = [];
    for (const [what, request] of commands) {
      const runs: Counted[] = [];
      for (let run = 0; run < RUNS; run += 1) runs.push(await measure(() => give(request(run, unless))));
      const middle = runs.toSorted((a, b) => a.total - b.total)[Math.floor(RUNS / 2)];
      if (middle !== undefined) rows.push({ candidates, what, ...middle });
    }
    return rows;
  } finally {
    await server.close();
  }
}

/** The same table of commands over the same adapters as in desk-command. */
function deskCommand({ table }: TestTable): (request: Record<string, unknown>) => Promise<object> {
  const names = Object.keys(EditorialEnvironment.shape).filter((name) => name !== "DELIVERY_SETTINGS");
  const environment = EditorialEnvironment.parse({
    ...Object.fromEntries(names.map((name) => [name, nowhere])),
    ...{ PICTURES_FUNCTION: "", ALLOW_ORIGINS: "", SITE_URL: "https://news.example" },
  });
  const commandTable = editorialTable(openEditorial(table, environment, { warn: () => {} }));
  return async (request) => {
    const given = await answer(commandTable, { newsletter, ...request }, (...line) => console.error(...line));
    if (!given.ok) throw new Error(`${String(request.do)} failed: ${JSON.stringify(given)}`);
    return given;
  };
}

/** Stores this many articles of the last hours, from four sources. */
export async function fill({ table }: Pick<TestTable, "table">, candidates: number): Promise<void> {
  const names = ["gazette", "herald", "courier", "mercury"];
  const now = Date.now();
  const sources = dynamoSources(table);
  for (const id of names) {
    await sources.add(newSource({ url: `https://${id}.example/feed`, id }, toInstant(now)));
  }
  const store = dynamoArticles(table);
  for (const [n, article] of articles(candidates, (at) => ({ sourceId: names[at % 4] ?? "gazette" })).entries()) {
    const at = toInstant(now - (1 + (n % 300)) * MINUTE);
    await store.add({ ...article, published: at, seenAt: at, changedAt: at }, Math.floor(now / 1000) + 86_400);
  }
}

/** Prints the invocations and table calls of each request of the desk; false if one waits too often. */
export async function reportDeskCalls(): Promise<boolean> {
  const rows: Row[] = [];
  for (const candidates of SIZES) rows.push(...(await rowsFor(candidates)));
  const isGood = rows.every(({ trips }) => trips <= MOST_TRIPS);
  if (process.argv.includes("--json")) {
    console.log(JSON.stringify(rows.map((row) => ({ ...row, invocations: 2 }))));
    return isGood;
  }
  console.log(
    "  candidates  what                        invocations  calls  one after the other  own ms   with the table",
  );
  for (const { candidates, what, calls, trips, own, total } of rows) {
    const cells = [String(calls).padStart(5), String(trips).padStart(19), `${own.toFixed(0)} ms`.padStart(8)];
    const over = trips > MOST_TRIPS ? "  TOO MANY" : "";
    console.log(
      `  ${String(candidates).padStart(10)}  ${what.padEnd(27)} ${"2".padStart(11)}  ${cells.join("  ")}` +
        `  ${`${total.toFixed(0)} ms`.padStart(14)}${over}`,
    );
  }
  console.log(
    "  In the cloud: two warm invocations, own ms, and each wait for the table (2 to 10 ms there). After a pause, the\n" +
      "  starts of desk and desk-command come first: npm run bench -- bundles.",
  );
  return isGood;
}

if (import.meta.main) process.exitCode = (await reportDeskCalls()) ? 0 : 1;
