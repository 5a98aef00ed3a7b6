import { readHtml } from "#adapters/email-reading/html.ts";
import type { Message } from "../mail/message.ts";
import { render } from "../mail/render.ts";
import type { Store } from "../mail/store.ts";

const known = new Map<string, string>();

/**
 * One line of what a mail says, as inboxes show it: its preheader, or the first paragraph of its text part that is more
 * than a masthead or its subject.
 */
export function createPeek(store: Store) {
  return (message: Message): string => {
    const { content } = message.call;
    const line = known.get(content) ?? lineOf(message, store);
    known.set(content, line);
    return line;
  };
}

function lineOf(message: Message, store: Store): string {
  const { html, text, subject } = render(message, store.content(message.call.content), "us-east-1");
  const preheader = html === null ? "" : preheaderOf(html);
  if (preheader !== "") return preheader;
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

/** The hidden text that an email begins with, without the blanks that keep the next text out of the line. */
function preheaderOf(html: string): string {
  const { hidden } = readHtml(html);
  if (hidden === null || !hidden.isFirst) return "";
  return hidden.text
    .replaceAll(/\u034f|[\u00ad\u2007\u200b\u200c\ufeff]/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 160);
}

/** A title repeats the subject, in capitals or a little longer. */
const like = (paragraph: string, subject: string) => paragraph.toLowerCase().startsWith(subject.toLowerCase());
