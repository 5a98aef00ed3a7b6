import { counted } from "../counted.ts";
import type { EditionContent, EditionKey } from "../edition/edition.ts";
import type { Changes } from "../edition/history/changes.ts";
import type { Instant } from "../time/instant.ts";
import type { Webhooks } from "./notice.ts";

/** A chat message's content, an hour before an edition is due. */
export type Preview = EditionKey & {
  title: string;
  dueAt: Instant;
  timeZone: string;
  /** Whether it goes out automatically. */
  isAutomatic: boolean;
  subject: string;
  lead: string;
  /** Why the story leads, as sentences. */
  why: readonly string[];
  /** Differences from the first draft, as sentences. */
  changes: readonly string[];
  headlines: number;
  /** The page where a person can view, approve or stop it. */
  link: string;
};

const SHOWN = 3;

/** Changes since the first draft, as sentences; one sentence if there are none. */
export function changeSentences(changes: Changes | undefined): string[] {
  if (changes === undefined) return ["It is as it was drafted."];
  const lead = changes.added.find(({ at }) => at === 0) ?? changes.moved.find(({ at }) => at === 0);
  const added = changes.added.filter(({ at }) => at !== 0).map(({ title }) => title);
  const removed = changes.removed.map(({ title }) => title);
  const rewritten = changes.edited.length;
  const sentences = [
    ...(lead === undefined ? [] : [`Another story leads: ${lead.title}`]),
    ...(added.length === 0 ? [] : [`New: ${shortened(added)}`]),
    ...(removed.length === 0 ? [] : [`No longer in: ${shortened(removed)}`]),
    ...(rewritten === 0 ? [] : [`${rewritten} ${rewritten === 1 ? "text was" : "texts were"} rewritten.`]),
  ];
  return sentences.length === 0 ? ["It is as it was drafted."] : sentences;
}

function shortened(titles: readonly string[]): string {
  const more = titles.length - SHOWN;
  return titles.slice(0, SHOWN).join("; ") + (more > 0 ? `; and ${more} more` : "");
}

export const leadTitle = ({ lead, subject }: EditionContent): string => lead.title ?? subject;

type Chat = Webhooks["preview"][number]["kind"];

/** The document for a chat's incoming webhook. */
export function chatMessage(kind: Chat, preview: Preview): object {
  switch (kind) {
    case "slack":
      return slackMessage(preview);
    case "teams":
      return teamsMessage(preview);
    case "discord":
      return discordMessage(preview);
  }
}

const headOf = ({ title, dueAt, timeZone, isAutomatic }: Preview): string => {
  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone }).format(new Date(dueAt));
  return `${title} ${isAutomatic ? "goes out" : "waits for approval, due"} at ${time} (${timeZone})`;
};
const linkName = ({ isAutomatic }: Preview) => (isAutomatic ? "Look at it, or stop it" : "Look at it, and approve it");
const linesOf = ({ lead, why, changes, headlines }: Preview): string[] => [
  `Lead: ${lead}`,
  ...(why.length === 0 ? [] : [`Why: ${why.join(" ")}`]),
  `Overnight: ${changes.join(" · ")}`,
  `${counted(headlines, "headline")} below it.`,
];

/** Escapes Slack's three special characters, so a headline can't contain links, mentions or formatting. */
const slackText = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks; plain_text has no formatting. */
const slackMessage = (preview: Preview) => ({
  text: slackText(`${headOf(preview)}: ${preview.lead}`),
  unfurl_links: false,
  blocks: [
    { type: "header", text: { type: "plain_text", text: headOf(preview).slice(0, 150), emoji: false } },
    { type: "section", text: { type: "plain_text", text: linesOf(preview).join("\n").slice(0, 3_000), emoji: false } },
    {
      type: "actions",
      elements: [{ type: "button", text: { type: "plain_text", text: linkName(preview) }, url: preview.link }],
    },
  ],
});

/** An Adaptive Card for Workflows. TextBlock supports some Markdown, so its special characters are escaped. */
const teamsMessage = (preview: Preview) => ({
  type: "message",
  attachments: [
    {
      contentType: "application/vnd.microsoft.card.adaptive",
      content: {
        $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
        type: "AdaptiveCard",
        version: "1.4",
        body: [
          { type: "TextBlock", size: "Medium", weight: "Bolder", wrap: true, text: markdownText(headOf(preview)) },
          ...linesOf(preview).map((line) => ({ type: "TextBlock", wrap: true, text: markdownText(line) })),
        ],
        actions: [{ type: "Action.OpenUrl", title: linkName(preview), url: preview.link }],
      },
    },
  ],
});

/** https://docs.discord.com/developers/resources/webhook#execute-webhook; headlines can't mention anyone. */
const discordMessage = (preview: Preview) => ({
  content: "",
  allowed_mentions: { parse: [] },
  embeds: [
    {
      title: headOf(preview).slice(0, 256),
      url: preview.link,
      description: `${linesOf(preview).map(markdownText).join("\n").slice(0, 3_900)}\n\n[${linkName(preview)}](${preview.link})`,
    },
  ],
});

/** Chats also make links of bare addresses, so their signs are escaped too. */
const markdownText = (text: string) => text.replace(/[\\`*_{}[\]()#+!|~<>-]|:(?=\/\/)|(?<=www)\./gi, "\\$&");
