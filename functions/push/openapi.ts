import * as z from "zod";
import { limits, PushedArticle, PushOutcome, PushProblem, PushRequest, PushResponse } from "#domain/article/push.ts";
import { pushPaths } from "#domain/site-paths.ts";

/** The meaning of each status; the description and its test are made from this. */
export const meanings: Readonly<Record<number, string>> = {
  200: "The articles were looked at; each has its outcome.",
  400: "The body or the Idempotency-Key is malformed; `faults` has everything that is wrong with the body. Nothing was stored.",
  401: "The key is missing or not valid. A new one is made by: broadsheet source key SOURCE.",
  409: "The same push, by its Idempotency-Key, is still being worked on. Send it again after Retry-After seconds.",
  413: `The body is larger than ${limits.body} bytes. Send fewer articles at once.`,
  415: "The body is not application/json in UTF-8, or it is compressed.",
  422: `The Idempotency-Key came with another body within the last ${limits.remembered} hours.`,
  429: "Too many pushes at once. Send it again a little later.",
  500: "Something failed here. Send the push again: what had landed lands once.",
};

/** Answered by the gateway itself, instead of the function. */
const gateways = [429, 500];

/** An OpenAPI 3.1 description of the push API, made from the schemas that check requests. */
export function openApi(): object {
  const response = (status: number, schema: string) => ({
    description: meanings[status],
    ...(gateways.includes(status)
      ? {}
      : { content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } } }),
  });
  const statuses = Object.keys(meanings).map(Number);
  const responses = statuses.map((status) => [
    status,
    response(status, status === 200 ? "PushResponse" : "PushProblem"),
  ]);
  return {
    openapi: "3.1.0",
    info: {
      title: "Broadsheet push API",
      version: "1",
      description: "Push articles to a newsletter's newsroom instead of having them polled from a feed.",
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }],
    paths: {
      [pushPaths.articles]: {
        post: {
          operationId: "pushArticles",
          summary: `Push 1 to ${limits.articles} articles`,
          description:
            "Each article lands once: sent again it changes or stays the same, whether its id, its address or its title says that it is known. A bad article is refused by itself and does not keep the others.",
          parameters: [idempotencyKey],
          requestBody: {
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/PushRequest" }, example } },
          },
          responses: Object.fromEntries(responses),
        },
      },
      [pushPaths.description]: {
        get: {
          operationId: "describe",
          summary: "This description",
          security: [],
          responses: { 200: { description: "This description.", content: { "application/json": {} } } },
        },
      },
    },
    components: {
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description: "The source's key, as `broadsheet source add --push` gave it.",
        },
      },
      schemas: schemas(),
    },
  };
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: `A name for this push, such as a UUID. Sent again with the same body within ${limits.remembered} hours, it gets the same answer again.`,
  schema: { type: "string", minLength: 1, maxLength: limits.idempotencyKey },
};

const example: z.input<typeof PushRequest> = {
  articles: [
    {
      id: "story-4711",
      title: "Harbour bridge opens to cyclists",
      url: "https://news.example/harbour-bridge",
      published: "2026-11-23T07:00:00Z",
      summary: "After nine years of talk, the first bicycles crossed at dawn.",
      content_html: "<p>The first bicycles crossed at dawn.</p><p>The last tram followed an hour later.</p>",
      author: "Ada Miller",
      section: "City",
      language: "en",
      image: { url: "https://news.example/bridge.jpg", alt: "Cyclists on the bridge at dawn" },
    },
  ],
};

function schemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ PushRequest, PushedArticle, PushResponse, PushOutcome, PushProblem })) {
    registry.add(schema, { id });
  }
  const made = z.toJSONSchema(registry, { io: "input", uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    // This dialect is OpenAPI 3.1's default, so `$schema` isn't needed.
    Object.entries(made.schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}
