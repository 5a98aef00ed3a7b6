/** The process that pool.ts starts: it does one task at a time, and ends with its parent. */
import { normalisePushed, type PushedItem } from "../pushed.ts";
import { type FeedDocument, factsOfPage, feedsOfPage, readFeed } from "../read.ts";

export type Task =
  | { readonly name: "readFeed"; readonly input: FeedDocument }
  | { readonly name: "factsOfPage"; readonly input: Omit<FeedDocument, "now"> }
  | { readonly name: "feedsOfPage"; readonly input: Omit<FeedDocument, "now"> }
  | {
      readonly name: "normalisePushed";
      readonly input: { readonly items: readonly PushedItem[]; readonly now: number };
    };
/** Its first message means that everything is imported and compiled; each later one answers a task. */
export type Message = { readonly ready: true } | { readonly value: unknown } | { readonly thrown: string };

function run({ name, input }: Task): unknown {
  if (name === "readFeed") return readFeed(input);
  if (name === "factsOfPage") return factsOfPage(input);
  if (name === "feedsOfPage") return feedsOfPage(input);
  return normalisePushed(input.items, input.now);
}

function answer(task: Task): Message {
  try {
    return { value: run(task) };
  } catch (error) {
    return { thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

const send = (message: Message) => process.send?.(message);
process.on("message", (task: Task) => send(answer(task)));
process.on("disconnect", () => process.exit());
// Compiles the patterns, which would otherwise count as time that the first feed takes.
normalisePushed([{ title: "A", content_html: "<p>One</p><p>Two</p>" }], 0);
send({ ready: true });
