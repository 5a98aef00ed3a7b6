import { createHash } from "node:crypto";
import type { Config } from "#domain/config.ts";
import { sendingMode } from "#domain/edition/decisions/sending-mode.ts";
import { changesBetween } from "#domain/edition/history/changes.ts";
import { type NoticeMessage, signatureHeaders, type Webhooks } from "#domain/notices/notice.ts";
import { changeSentences, chatMessage, leadTitle, type Preview } from "#domain/notices/preview.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import type { EditionStore, NoticeStore } from "../ports/editions.ts";
import type { Log } from "../ports/services.ts";

export type DeliverPorts = {
  config: Pick<Config, "name" | "newsletters">;
  siteUrl: string;
  editions: Pick<EditionStore, "get" | "revision" | "decisions">;
  notices: Pick<NoticeStore, "heartbeat">;
  /** Empty: the deployment has no webhooks. */
  webhooks: () => Promise<Webhooks>;
  /** Undefined: the deployment puts no events on a bus. */
  putEvent: ((detailType: string, detail: object) => Promise<void>) | undefined;
  /** @throws Error that doesn't name the address */
  post: (url: string, body: string, headers?: Readonly<Record<string, string>>) => Promise<void>;
  enqueue: (message: NoticeMessage) => Promise<void>;
  now: () => Instant;
  log: Log;
};

/** The event bus among the targets. */
const BUS = "event-bus";

/** How messages name an address, because it is a secret. */
export const targetOf = (url: string): string => createHash("sha256").update(url).digest("hex").slice(0, 16);

/**
 * Delivers a notice to its target. A notice without a target is split into one for each, so a failing receiver is
 * retried alone.
 * @throws Error when a receiver failed; the queue then redelivers the notice
 */
export async function deliverNotice(ports: DeliverPorts, message: NoticeMessage): Promise<void> {
  const webhooks = await ports.webhooks();
  if (message.target === undefined) {
    const targets = targetsOf(ports, webhooks, message);
    for (const target of targets) await ports.enqueue({ ...message, target });
    return;
  }
  const fields = { newsletter: message.newsletter, date: message.date, kind: message.kind, target: message.target };
  try {
    if (message.kind === "finished") await tellFinished(ports, webhooks, message);
    else await tellPreview(ports, webhooks, message);
    ports.log.info("a notice was delivered", fields);
  } catch (error) {
    const why = error instanceof Error ? error.message : "unknown";
    ports.log.warn("a notice could not be delivered and is tried again", { ...fields, why });
    throw new Error(`Target ${message.target}: ${why}.`);
  }
}

function targetsOf(ports: DeliverPorts, webhooks: Webhooks, { kind, newsletter }: NoticeMessage): string[] {
  if (kind === "finished") {
    const bus = ports.putEvent === undefined ? [] : [BUS];
    return [...bus, ...webhooks.finished.map(({ url }) => targetOf(url))];
  }
  return webhooks.preview
    .filter(({ newsletters }) => newsletters === undefined || newsletters.includes(newsletter))
    .map(({ url }) => targetOf(url));
}

async function tellFinished(ports: DeliverPorts, webhooks: Webhooks, message: NoticeMessage): Promise<void> {
  const { newsletter, date, target } = message;
  const heartbeat = await ports.notices.heartbeat({ newsletter, date });
  if (heartbeat === undefined) return;
  // The same for each try, so a receiver recognises a repeated notice.
  const id = `${ports.config.name}.${newsletter}.${date}.finished`;
  const document = { id, type: "edition.finished", newsletter, date, ...heartbeat };
  if (target === BUS) return ports.putEvent?.("Edition Finished", document);
  const hook = webhooks.finished.find(({ url }) => targetOf(url) === target);
  if (hook === undefined) return;
  const body = JSON.stringify(document);
  await ports.post(hook.url, body, signatureHeaders(hook.key, id, body, fromInstant(ports.now())));
}

async function tellPreview(ports: DeliverPorts, webhooks: Webhooks, message: NoticeMessage): Promise<void> {
  const hook = webhooks.preview.find(({ url }) => targetOf(url) === message.target);
  const preview = hook && (await previewOf(ports, message));
  if (preview === undefined) return;
  await ports.post(hook?.url ?? "", JSON.stringify(chatMessage(hook?.kind ?? "slack", preview)));
}

/** Undefined: there is nothing left to announce. */
async function previewOf(
  ports: DeliverPorts,
  { newsletter, date, dueAt }: NoticeMessage,
): Promise<Preview | undefined> {
  const key = { newsletter, date };
  const config = ports.config.newsletters[newsletter];
  const edition = await ports.editions.get(key);
  if (config === undefined || edition === undefined || dueAt === undefined || dueAt <= ports.now()) return undefined;
  if (!["draft", "approved"].includes(edition.state)) return undefined;
  const [first, newest, log] = await Promise.all([
    ports.editions.revision(key, 1),
    ports.editions.revision(key, edition.rev),
    config.secondPerson ? ports.editions.decisions(key) : [],
  ]);
  if (newest === undefined) return undefined;
  const { content } = newest;
  return {
    ...{ newsletter, date, title: config.title, dueAt, timeZone: config.timeZone },
    isAutomatic: edition.state === "approved" || sendingMode(config, log) === "auto",
    subject: content.subject,
    lead: leadTitle(content),
    why: content.lead.reasons.slice(0, 2),
    changes: changeSentences(first && edition.rev > 1 ? changesBetween(first.content, content) : undefined),
    headlines: content.headlines.length,
    link: `${ports.siteUrl}/desk/${newsletter}/${date}/send`,
  };
}
