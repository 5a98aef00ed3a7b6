import { createServer, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { InvocationFailed, lambdaInvoke, lambdaStart } from "#adapters/invoke/lambda.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Answer = { status?: number; headers?: Record<string, string>; body: string };

/** Lambda's Invoke API (docs.aws.amazon.com/lambda/latest/api/API_Invoke.html), answering as told. */
async function lambda(answer: (path: string, body: string, type: unknown) => Answer | undefined) {
  let calls = 0;
  server = createServer(async (request, response) => {
    calls += 1;
    let body = "";
    for await (const part of request) body += part;
    const said = answer(request.url ?? "", body, request.headers["x-amz-invocation-type"]);
    if (said === undefined) return request.socket.destroy();
    response.writeHead(said.status ?? 200, said.headers).end(said.body);
  });
  await new Promise<void>((ready) => server?.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const invoke = lambdaInvoke({ endpoint: `http://127.0.0.1:${address.port}`, region: "us-east-1", credentials });
  const start = lambdaStart({ endpoint: `http://127.0.0.1:${address.port}`, region: "us-east-1", credentials });
  return { invoke, start, calls: () => calls };
}

test("a function is called by its name with its payload, and its answer comes back", async () => {
  const { invoke } = await lambda((path, body) => ({ body: JSON.stringify({ path, got: JSON.parse(body) }) }));
  expect(await invoke("mine-command", { do: "show", title: "Ünï" })).toEqual({
    path: "/2015-03-31/functions/mine-command/invocations",
    got: { do: "show", title: "Ünï" },
  });
});

test("a function that gives nothing gives undefined", async () => {
  const { invoke } = await lambda(() => ({ body: "" }));
  expect(await invoke("f", {})).toBeUndefined();
});

test("a function that throws is an error with its message and without its stack", async () => {
  const report = { errorType: "Error", errorMessage: "the table is away", trace: ["at secret.js:1"] };
  const headers = { "x-amz-function-error": "Unhandled" };
  const { invoke } = await lambda(() => ({ headers, body: JSON.stringify(report) }));
  const failure = await invoke("f", {}).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(InvocationFailed);
  expect(failure).toMatchObject({ message: "f failed: the table is away" });
});

test("a call that dies unanswered is not made again: the function may have run", async () => {
  const { invoke, calls } = await lambda(() => undefined);
  await expect(invoke("f", {})).rejects.toThrow();
  expect(calls()).toBe(1);
});

test("a function that is only started is queued by Lambda, not waited for", async () => {
  const types: unknown[] = [];
  const { start } = await lambda((_path, _body, type) => {
    types.push(type);
    return { status: 202, body: "" };
  });
  await start("mine-assemble", { do: "scheduled" });
  expect(types).toEqual(["Event"]);
});
