import { createHash } from "node:crypto";
import { Envelope, limits, type PushProblem, type PushResponse } from "#domain/article/push.ts";
import { cutLine } from "#domain/article/text.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { isKey, sourceOfKey } from "#domain/source/push-key.ts";
import type { Source } from "#domain/source/source.ts";
import { HOUR } from "#domain/time/durations.ts";
import type { PushKeyStore, ReceiptStore } from "../ports/articles.ts";
import { type LandPorts, landPushed } from "./land-pushed.ts";

export type PushPorts = LandPorts & {
  readonly keys: () => Promise<SigningKeys>;
  readonly pushKeys: Pick<PushKeyStore, "get">;
  readonly receipts: Pick<ReceiptStore, "open" | "read" | "update">;
  /** One line for each push: ids and counts. */
  readonly pushed: (line: Record<string, string | number>) => void;
};

/** `body` is JSON text if it repeats an earlier answer. */
export type Answer = { status: number; body: PushResponse | PushProblem | string; headers?: Record<string, string> };

/**
 * Milliseconds after which a process that worked on a push can't be running any more: longer than the function's
 * timeout.
 */
const ABANDONED_MS = 30_000;

/**
 * The source whose key is in an Authorization header. Everything is looked up before anything is checked, so a wrong
 * key isn't answered faster.
 */
export async function sourceOfRequest(ports: PushPorts, authorization: string): Promise<Source | undefined> {
  const key = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1] ?? "";
  const id = sourceOfKey(key);
  if (id === undefined) return undefined;
  const [keys, kept, source] = await Promise.all([ports.keys(), ports.pushKeys.get(id), ports.sources.get(id)]);
  const right = isKey(keys, key, kept);
  return right && source?.kind === "push" && source.removedAt === null ? source : undefined;
}

/**
 * Processes one push. Landing is idempotent, so a client may always resend; with an Idempotency-Key it also gets the
 * same answer again.
 */
export async function takePush(
  ports: PushPorts,
  source: Source,
  { body, named }: { body: Uint8Array; named: string | undefined },
): Promise<Answer> {
  const read = readBody(body);
  if ("status" in read) return read;
  if (named === undefined) return { status: 200, body: await land(ports, source, read.articles) };
  const name = sha(named);
  const bodyHash = sha(body);
  const startedAt = ports.now();
  const open = { bodyHash, startedAt, answer: null };
  if (!(await ports.receipts.open(source.id, name, open, startedAt + limits.remembered * HOUR))) {
    const answer = await repeatedAnswer(ports, source, name, bodyHash, startedAt);
    if (answer !== undefined) return answer;
  }
  return { status: 200, body: await landNamed(ports, source, read.articles, { name, startedAt }) };
}

/**
 * The answer to a push with a known idempotency key; undefined if the process that worked on it has died and this one
 * takes over.
 */
async function repeatedAnswer(
  ports: PushPorts,
  source: Source,
  name: string,
  bodyHash: string,
  now: number,
): Promise<Answer | undefined> {
  const known = await ports.receipts.read(source.id, name);
  if (known === undefined) return busy;
  if (known.bodyHash !== bodyHash) return reused;
  if (known.answer !== null) return { status: 200, body: known.answer };
  if (now - known.startedAt < ABANDONED_MS) return busy;
  const mine = await ports.receipts.update(source.id, name, known.startedAt, { startedAt: now, answer: null });
  return mine ? undefined : busy;
}

async function landNamed(
  ports: PushPorts,
  source: Source,
  articles: readonly object[],
  { name, startedAt }: { name: string; startedAt: number },
): Promise<PushResponse> {
  try {
    const response = await land(ports, source, articles);
    await ports.receipts.update(source.id, name, startedAt, { startedAt, answer: JSON.stringify(response) });
    return response;
  } catch (error) {
    // Lets the next try start at once. If this fails too, the next try waits half a minute.
    await ports.receipts.update(source.id, name, startedAt, { startedAt: 0, answer: null }).catch(() => false);
    throw error;
  }
}

async function land(ports: PushPorts, source: Source, articles: readonly object[]): Promise<PushResponse> {
  const response = await landPushed(ports, source, articles);
  const count = (what: string) => response.outcomes.filter(({ outcome }) => outcome === what).length;
  const { id } = source;
  ports.pushed({
    source: id,
    new: count("new"),
    changed: count("changed"),
    same: count("same"),
    refused: count("refused"),
  });
  return response;
}

function readBody(body: Uint8Array): { articles: object[] } | Answer {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    const why = error instanceof SyntaxError ? cutLine(error.message, 200) : "it is not UTF-8";
    return problem(400, "bad-request", `The body is not JSON: ${why}. Send {"articles":[…]}.`);
  }
  const parsed = Envelope.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => ({
    path: pathOf(issue.path),
    problem: cutLine(issue.message, 200),
  }));
  const lines = faults.slice(0, 5).map((one) => `${one.path}: ${one.problem}`);
  const message = `The body is not {"articles":[…]} with 1 to ${limits.articles} articles: ${lines.join("; ")}.`;
  return problem(400, "bad-request", message, faults);
}

/** `articles[3]`; the body itself is `(body)`. */
const pathOf = (path: readonly PropertyKey[]) =>
  path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "") || "(body)";

const sha = (value: string | Uint8Array) => createHash("sha256").update(value).digest("hex");

export function problem(
  status: number,
  code: PushProblem["fault"]["code"],
  message: string,
  faults?: PushProblem["faults"],
): Answer {
  return { status, body: { fault: { code, message }, ...(faults === undefined ? {} : { faults }) } };
}

const busy: Answer = {
  ...problem(409, "in-progress", "The same push is still being worked on. Send it again in a few seconds."),
  headers: { "retry-after": "5" },
};
const reused: Answer = problem(
  422,
  "key-reused",
  `This Idempotency-Key came with another body within the last ${limits.remembered} hours. Give each new push a key of its own.`,
);
