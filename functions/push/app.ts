import { limits } from "#domain/article/push.ts";
import { counted, number } from "#domain/counted.ts";
import { pushPaths } from "#domain/site-paths.ts";
import { type Answer, type PushPorts, problem, sourceOfRequest, takePush } from "#usecases/articles/push.ts";
import { openApi } from "./openapi.ts";

type PushHttpRequest = {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** The client's network address. */
  readonly address: string;
};
export type PushHttpResponse = { status: number; headers: Record<string, string>; body: string };

export type PushApiPorts = PushPorts & {
  /** False: this client sent too many requests. */
  allowClient: (address: string) => boolean;
};

let description: string | undefined;

/** The push API. Without a valid key, the answer says only that. */
export async function push(ports: PushApiPorts, request: PushHttpRequest): Promise<PushHttpResponse> {
  const route = `${request.method} ${request.path}`;
  if (route === `GET ${pushPaths.description}`) {
    description ??= JSON.stringify(openApi());
    return responseOf({ status: 200, body: description, headers: { "cache-control": "public, max-age=300" } });
  }
  if (route !== `POST ${pushPaths.articles}`) {
    return responseOf(
      problem(404, "not-found", `There is POST ${pushPaths.articles} here, and GET ${pushPaths.description}.`),
    );
  }
  // Limited before the key is checked, because looking it up reads the table and anyone can send an invalid key.
  if (!ports.allowClient(request.address)) return responseOf(tooMany);
  if (request.body.byteLength > limits.body) return responseOf(tooLarge(request.body.byteLength));
  const source = await sourceOfRequest(ports, request.headers.authorization ?? "");
  if (source === undefined) return responseOf(invalidKey);
  const refusal = refusalOf(request);
  const named = request.headers["idempotency-key"];
  return responseOf(refusal ?? (await takePush(ports, source, { body: request.body, named })));
}

function refusalOf({ headers }: PushHttpRequest): Answer | undefined {
  const type = headers["content-type"] ?? "";
  const encoding = headers["content-encoding"] ?? "identity";
  if (!/^\s*application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type) || encoding !== "identity") {
    return problem(415, "not-json", "Send the body as it is, with the header Content-Type: application/json.");
  }
  const named = headers["idempotency-key"];
  if (named !== undefined && (named.trim() === "" || named.length > limits.idempotencyKey)) {
    return problem(400, "bad-request", `Idempotency-Key: 1 to ${limits.idempotencyKey} characters, such as a UUID.`);
  }
  return undefined;
}

const tooMany: Answer = {
  ...problem(429, "too-many-requests", "Too many requests came from your address. Wait a second and send it again."),
  headers: { "retry-after": "1" },
};

const tooLarge = (bytes: number): Answer =>
  problem(
    413,
    "too-large",
    `The body has ${counted(bytes, "byte")}; at most ${number(limits.body)} are accepted. Send fewer articles at once.`,
  );

const invalidKey: Answer = {
  ...problem(401, "bad-key", "Send the source's key with the header Authorization: Bearer KEY."),
  headers: { "www-authenticate": "Bearer" },
};

const responseOf = ({ status, body, headers }: Answer): PushHttpResponse => ({
  status,
  headers: {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  },
  body: typeof body === "string" ? body : JSON.stringify(body),
});
