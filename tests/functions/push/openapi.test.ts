import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod";
import { limits, PushedArticle, PushRequest } from "#domain/article/push.ts";
import { pushPaths } from "#domain/site-paths.ts";
import { push } from "#functions/push/app.ts";
import { trigger } from "#functions/push/contract.ts";
import { meanings } from "#functions/push/openapi.ts";
import { article, newsroom, problemIn } from "../../testing/articles/push-newsroom.ts";

const Described = z.object({
  openapi: z.literal("3.1.0"),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.looseObject({})) })),
  ),
  components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }),
});

async function described() {
  const { ports } = await newsroom();
  const said = await push(ports, {
    method: "GET",
    path: pushPaths.description,
    headers: {},
    body: new Uint8Array(),
    address: "192.0.2.1",
  });
  expect(said).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
  return { raw: JSON.parse(said.body), ...Described.parse(JSON.parse(said.body)) };
}

test("the description names the routes that are deployed, and no other", async () => {
  const routes = Object.entries((await described()).paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  );
  expect(routes).toEqual(trigger.routes);
});

test("its schemas match the checks: every field, what is required, and limits", async () => {
  const { schemas } = (await described()).components;
  expect(Object.keys(Object(schemas.PushedArticle?.properties))).toEqual(Object.keys(PushedArticle.shape));
  expect(schemas.PushedArticle).toMatchObject({ required: ["title"], additionalProperties: false });
  expect(schemas.PushRequest).toMatchObject({
    properties: {
      articles: { minItems: 1, maxItems: limits.articles, items: { $ref: "#/components/schemas/PushedArticle" } },
    },
  });
  expect(schemas.PushOutcome).toMatchObject({
    properties: { outcome: { enum: ["new", "changed", "same", "refused"] } },
    required: ["id", "outcome"],
  });
});

test("every reference in it leads somewhere, and its example is a push", async () => {
  const { raw, components } = await described();
  const text = JSON.stringify(raw);
  const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  expect(new Set(names)).toEqual(new Set(Object.keys(components.schemas)));
  const { example } = raw.paths[pushPaths.articles].post.requestBody.content["application/json"];
  expect(PushRequest.safeParse(example).error).toBeUndefined();
  const { send } = await newsroom();
  expect((await send(example.articles)).outcomes).toEqual([{ id: example.articles[0].id, outcome: "new" }]);
});

test("every response is described, and every described response occurs", async () => {
  const room = await newsroom();
  const body = JSON.stringify({ articles: [article(1)] });
  const named = { "idempotency-key": "n" };
  const answers = [
    ...(await Promise.all([room.ask(body, named), room.ask(body, named)])),
    await room.ask(JSON.stringify({ articles: [article(2)] }), named),
    await room.ask("{}"),
    await room.ask(body, { "idempotency-key": " " }),
    await room.ask(body, { "idempotency-key": "x".repeat(256) }),
    await room.ask(body, { authorization: "Bearer x" }),
    await room.ask(" ".repeat(limits.body + 1)),
    await room.ask(body, { "content-type": "text/plain" }),
    await room.ask(body, { "content-type": "application/json; charset=latin1" }),
    await room.ask(body, { "content-type": undefined }),
    await room.ask(body, { "content-encoding": "gzip" }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 409, 422, 400, 400, 400, 401, 413, 415, 415, 415, 415]);
  for (const said of answers.slice(1)) expect(problemIn(said).fault.message).toMatch(/\.$/);
  // The gateway's own: a throttled route, and a function that threw.
  const statuses = new Set([...answers.map(({ status }) => status), 429, 500]);
  const { responses } = (await described()).paths[pushPaths.articles]?.post ?? {};
  expect(Object.keys(responses ?? {}).map(Number)).toEqual([...statuses].sort());
  expect(Object.keys(meanings).map(Number)).toEqual([...statuses].sort());
});

test("a body of exactly the limit is read", async () => {
  const { ask } = await newsroom();
  const body = JSON.stringify({ articles: [article(1)] });
  expect((await ask(body.padEnd(limits.body))).status).toBe(200);
});

test("other paths are not here", async () => {
  const { ports } = await newsroom();
  const asked = { method: "GET", path: pushPaths.articles, headers: {}, body: new Uint8Array(), address: "192.0.2.1" };
  expect((await push(ports, asked)).status).toBe(404);
});

test("the guide names every field, and what it shows is a push", () => {
  const guide = readFileSync(new URL("../../../docs/guides/push.md", import.meta.url), "utf8");
  for (const field of Object.keys(PushedArticle.shape)) expect(guide).toContain(`\`${field}\``);
  for (const status of Object.keys(meanings)) expect(guide).toMatch(new RegExp(`^\\| ${status} \\|`, "m"));
  expect(guide).toContain(`${limits.client.rate} pushes a second`);
  const shown = /--data '(\{[\s\S]*?\})'\n/.exec(guide)?.[1] ?? "";
  expect(PushRequest.safeParse(JSON.parse(shown)).error).toBeUndefined();
});
