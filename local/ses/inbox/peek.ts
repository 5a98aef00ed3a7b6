import type { Message } from "../mail/message.ts";
import { render } from "../mail/render.ts";
import type { Store } from "../mail/store.ts";

const known = new Map<string, string>();

/** One line of what a mail says: the first paragraph of its text part that is more than a masthead or its subject. */
export function createPeek(store: Store) {
  return (message: Message): string => {
    const { content } = message.call;
    const line = known.get(content) ?? lineOf(message, store);
    known.set(content, line);
    return line;
  };
}

function lineOf(message: Message, store: Store): string {
  const { text, subject } = render(message, store.content(message.call.content), "us-east-1");
  const paragraphs = (text ?? "")
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) =>
      paragraph
        .replaceAll(/^[\s=_*~-]+$/gm, "")
        .replaceAll(/\s+/g, " ")
        .trim(),
    )
    .filter((paragraph) => paragraph !== "" && !like(paragraph, subject));
  const first = paragraphs.find((paragraph) => paragraph.length > 60 && !paragraph.includes("://"));
  return (first ?? paragraphs[0] ?? "").slice(0, 160);
}

/** A title repeats the subject, in capitals or a little longer. */
const like = (paragraph: string, subject: string) => paragraph.toLowerCase().startsWith(subject.toLowerCase());
