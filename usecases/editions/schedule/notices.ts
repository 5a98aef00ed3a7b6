import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { EditionKey, EditionView } from "#domain/edition/edition.ts";
import type { Finding, LinkTrial } from "#domain/edition/preflight/finding.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { Notice } from "../../ports/services.ts";

export const command = (verb: string, { newsletter, date }: EditionKey, words = ""): string =>
  `npx --no-install broadsheet edition ${verb} ${newsletter}${words && ` ${words}`} --date ${date}`;

/** Mail: no edition goes out today, and what an editor can do. */
export function skippedNotice(key: EditionKey, config: NewsletterConfig, edition: { reason: string | null }): Notice {
  return {
    newsletter: key.newsletter,
    subject: `Skipped: ${config.title}, ${key.date}`,
    text: paragraphs(
      `No edition of ${config.title} goes out for ${key.date}.`,
      edition.reason ?? "An editor skipped it.",
      `If there is more news by now, build it and look at it:\n\n  ${command("build", key)}\n  ${command("show", key)}`,
      `Then send it:\n\n  ${command("send", key)}`,
    ),
  };
}

export function heldNotice(key: EditionKey, config: NewsletterConfig, reason: string): Notice {
  return {
    newsletter: key.newsletter,
    subject: `Held: ${config.title}, ${key.date}`,
    text: paragraphs(
      `The edition of ${config.title} for ${key.date} was not sent. ${reason}`,
      `To have none today:\n\n  ${command("cancel", key)}`,
      `To send it all the same:\n\n  ${command("send", key)}`,
    ),
  };
}

/** Mail: why an edition isn't sent automatically, and what an editor can do. */
export function blockedNotice(key: EditionKey, config: NewsletterConfig, blockers: readonly Finding[]): Notice {
  const anyway = blockers.some(({ final }) => final)
    ? []
    : [`If it is meant to be so, send it all the same:\n\n  ${command("send", key)} --anyway`];
  return {
    newsletter: key.newsletter,
    subject: `Not sent: ${config.title}, ${key.date}`,
    text: paragraphs(
      `The edition of ${config.title} for ${key.date} was not sent, and waits as a draft.`,
      listed(blockers),
      `Fix that, look at it again, and send it:\n\n  ${command("check", key)}\n  ${command("send", key)}`,
      ...anyway,
    ),
  };
}

const listed = (findings: readonly Pick<Finding, "message">[]): string =>
  findings.map(({ message }) => `  - ${message}`).join("\n");

/** Mail: an automatically sent edition has links that don't open. */
export function linksNotice(key: EditionKey, config: NewsletterConfig, dead: readonly LinkTrial[]): Notice {
  return {
    newsletter: key.newsletter,
    subject: `Links that do not open: ${config.title}, ${key.date}`,
    text: paragraphs(
      `The edition of ${config.title} for ${key.date} is on its way, and some of its links do not open.`,
      dead.map(({ url, why }) => `  - ${url.slice(0, 500)} ${why}`).join("\n"),
      `Rewrite their addresses; those who are not mailed yet get the edition as it is then:\n\n  ${command("show", key)}\n  ${command("correct", key)} --decisions`,
    ),
  };
}

/** Mail: the draft, what its check found, and how to send it. */
export function waitingNotice(
  key: EditionKey,
  config: NewsletterConfig,
  view: EditionView,
  latest: Instant,
  findings: readonly Finding[],
): Notice {
  const list = view.headlines.map(({ title, source }, index) => {
    const from = source === null ? "" : ` (${source})`;
    return `  ${String(index + 1).padStart(2)}. ${title}${from}`;
  });
  const { lead } = view;
  const first = lead.title ?? lead.paragraphs[0] ?? "";
  return {
    newsletter: key.newsletter,
    subject: `Waiting for you: ${config.title}, ${key.date}`,
    text: paragraphs(
      `The edition of ${config.title} for ${key.date} is drafted and waits for an editor.`,
      `Subject: ${view.subject}\n\nLead: ${first}${lead.source === null ? "" : ` (${lead.source})`}`,
      list.join("\n"),
      ...(findings.length === 0 ? [] : [`Worth a look before:\n\n${listed(findings)}`]),
      `Send it:\n\n  ${command("send", key)}`,
      `Or look at it, change it or leave it out:\n\n  ${command("show", key)}\n  ${command("skip", key)}`,
      `It was due until ${latest.slice(0, 16).replace("T", " ")} UTC; sent by hand, it goes out whatever the hour.`,
    ),
  };
}

export const paragraphs = (...parts: string[]): string => `${parts.join("\n\n")}\n`;
