import { normalisePushed } from "#adapters/feed-parsing/pushed.ts";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";
import { memoryPushKeys, memoryPushReceipts } from "#adapters/memory/articles/push.ts";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import { PushProblem, PushResponse } from "#domain/article/push.ts";
import { newPushSource } from "#domain/source/polling.ts";
import { pushKeyText, storedKey } from "#domain/source/push-key.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type PushApiPorts, type PushHttpResponse, push } from "#functions/push/app.ts";

export const start = Date.parse("2026-11-23T07:00:00.000Z");
const signing = { id: "k1", key: "a secret of at least thirty-two letters" };

/** The push API over stores in memory, with one source, `desk`, and its key. */
export async function newsroom(change: Partial<PushApiPorts> = {}) {
  const clock = { now: start };
  const sources = memorySources();
  const articles = memoryArticles();
  const pushKeys = memoryPushKeys();
  const lines: object[] = [];
  const ports: PushApiPorts = {
    sources,
    articles,
    pushKeys,
    receipts: memoryPushReceipts(),
    keys: async () => signing,
    normalise: normalisePushed,
    now: () => clock.now,
    allowClient: () => true,
    pushed: (line) => lines.push(line),
    ...change,
  };
  const add = async (id: string, secret: string) => {
    await sources.add(newPushSource({ id, title: `The ${id}` }, toInstant(start)));
    const key = pushKeyText(id, secret.repeat(48));
    await pushKeys.put(storedKey(signing, key, id, toInstant(start)));
    return key;
  };
  const key = await add("desk", "a");
  const ask = (
    body: string | Uint8Array,
    headers: Record<string, string | undefined> = {},
  ): Promise<PushHttpResponse> =>
    push(ports, {
      method: "POST",
      path: "/articles",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      body: typeof body === "string" ? Buffer.from(body) : body,
      address: "192.0.2.1",
    });
  const send = async (list: readonly object[], name?: string) => {
    const said = await ask(JSON.stringify({ articles: list }), name === undefined ? {} : { "idempotency-key": name });
    return { ...said, outcomes: said.status === 200 ? PushResponse.parse(JSON.parse(said.body)).outcomes : [] };
  };
  const stored = () => articles.seenBetween(toInstant(start - 1), toInstant(clock.now + 1));
  return { ports, clock, sources, articles, pushKeys, key, add, ask, send, stored, lines };
}

export const problemIn = (said: PushHttpResponse) => PushProblem.parse(JSON.parse(said.body));

/** An article as a client sends it; `n` makes it unique. */
export const article = (n: number, change: object = {}) => ({
  id: `story-${n}`,
  title: `Council votes on the harbour bridge, part ${n}`,
  url: `https://desk.example/news/${n}`,
  published: "2026-11-23T06:30:00Z",
  content_text: `Paragraph one of ${n}.\n\nParagraph two of ${n}.`,
  language: "en",
  ...change,
});
