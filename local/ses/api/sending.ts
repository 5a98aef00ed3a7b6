import { setTimeout as pause } from "node:timers/promises";
import { decodedText } from "#adapters/email-reading/decoding.ts";
import { headerOf, readMime } from "#adapters/email-reading/mime.ts";
import { json, type Reply } from "../http.ts";
import type { Content, Header } from "../mail/message.ts";
import { readValues } from "../mail/template.ts";
import type { Simulator } from "../simulator.ts";
import type { Struck } from "../state/faults.ts";
import { accept, check, type Draft, type Result, recipients, type Sending } from "./accepting.ts";
import { badRequest, errorReply, notFound, quotaExceeded, rateExceeded, SesError, unverified } from "./errors.ts";
import { type BulkEmailEntry, read, SendBulkEmailRequest, SendEmailRequest, type Template } from "./requests.ts";

type Headers = readonly { Name: string; Value: string }[] | null | undefined;
type Tags = Headers;

/** A call to send, for the log of calls. */
export type Sent = { reply: Reply; recipients: number; accepted: number; faults: string[] };

const toHeaders = (headers: Headers): Header[] =>
  (headers ?? []).map(({ Name, Value }) => ({ name: Name, value: Value }));
const toTags = (...lists: Tags[]) =>
  Object.fromEntries(lists.flatMap((list) => list ?? []).map(({ Name, Value }) => [Name, Value]));

/** Headers of the entry besides those of the template, which it replaces by name. */
function merged(template: Headers, entry: Headers): Header[] {
  const own = new Set((entry ?? []).map(({ Name }) => Name.toLowerCase()));
  return toHeaders([...(template ?? []).filter(({ Name }) => !own.has(Name.toLowerCase())), ...(entry ?? [])]);
}

function templateContent(template: Template | null | undefined): Content & { kind: "template" } {
  if (!template) throw badRequest("DefaultContent.Template: required");
  const { TemplateContent: content, TemplateName, TemplateArn } = template;
  if (!content) throw notFound(`Template ${TemplateName ?? TemplateArn ?? ""} does not exist.`);
  if (!content.Subject) throw badRequest("TemplateContent.Subject: required");
  if (!content.Html && !content.Text) throw badRequest("TemplateContent: Html or Text is required");
  return { kind: "template", subject: content.Subject, html: content.Html ?? null, text: content.Text ?? null };
}

/** SendBulkEmail as one call with a message for each entry. */
export function readBulk(body: unknown): Sending {
  const request = read(SendBulkEmailRequest, body);
  const template = request.DefaultContent.Template;
  const content = templateContent(template);
  const defaults = readValues(template?.TemplateData ?? undefined);
  if (!defaults) throw badRequest("DefaultContent.Template.TemplateData: not a JSON object");
  const draft = (entry: BulkEmailEntry): Draft => {
    const own = readValues(entry.ReplacementEmailContent?.ReplacementTemplate?.ReplacementTemplateData ?? undefined);
    return {
      to: entry.Destination.ToAddresses ?? [],
      cc: entry.Destination.CcAddresses ?? [],
      bcc: entry.Destination.BccAddresses ?? [],
      values: own && { ...defaults, ...own },
      headers: merged(template?.Headers, entry.ReplacementHeaders),
      tags: toTags(request.DefaultEmailTags, entry.ReplacementTags),
    };
  };
  if (!request.FromEmailAddress) throw badRequest("FromEmailAddress: required");
  return {
    operation: "SendBulkEmail",
    from: request.FromEmailAddress,
    replyTo: request.ReplyToAddresses ?? [],
    configurationSet: request.ConfigurationSetName ?? null,
    content,
    subject: content.subject,
    drafts: request.BulkEmailEntries.map(draft),
  };
}

/** SendEmail with Simple, Raw or inline Template content. */
export function readSingle(body: unknown): Sending {
  const request = read(SendEmailRequest, body);
  const { Simple, Raw, Template } = request.Content;
  if ([Simple, Raw, Template].filter(Boolean).length !== 1)
    throw badRequest("Content: one of Simple, Raw and Template");
  const common = {
    operation: "SendEmail" as const,
    replyTo: request.ReplyToAddresses ?? [],
    configurationSet: request.ConfigurationSetName ?? null,
  };
  const { ToAddresses, CcAddresses, BccAddresses } = request.Destination ?? {};
  const to = { to: ToAddresses ?? [], cc: CcAddresses ?? [], bcc: BccAddresses ?? [] };
  const tags = toTags(request.EmailTags);
  if (Raw) {
    const mime = Buffer.from(Raw.Data, "base64").toString("latin1");
    const { headers } = readMime(mime);
    const from = request.FromEmailAddress ?? headerOf(headers, "from");
    if (!from) throw badRequest("FromEmailAddress: required, here or as the From header");
    const listed = (name: string) =>
      (headerOf(headers, name) ?? "")
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean);
    const named = request.Destination ? to : { to: listed("to"), cc: listed("cc"), bcc: listed("bcc") };
    const subject = headerOf(headers, "subject") ?? "";
    const draft = { ...named, values: {}, headers: [], tags };
    return { ...common, from, content: { kind: "raw", mime }, subject, drafts: [draft] };
  }
  const from = request.FromEmailAddress;
  if (!from) throw badRequest("FromEmailAddress: required");
  if (Template) {
    const content = templateContent(Template);
    const values = readValues(Template.TemplateData ?? undefined);
    if (!values) throw badRequest("Content.Template.TemplateData: not a JSON object");
    const draft = { ...to, values, headers: toHeaders(Template.Headers), tags };
    return { ...common, from, content, subject: content.subject, drafts: [draft] };
  }
  const subject = Simple?.Subject.Data ?? "";
  const [html, text] = [Simple?.Body.Html?.Data ?? null, Simple?.Body.Text?.Data ?? null];
  if (html === null && text === null) throw badRequest("Content.Simple.Body: Html or Text is required");
  const draft = { ...to, values: {}, headers: toHeaders(Simple?.Headers), tags };
  return { ...common, from, content: { kind: "simple", subject, html, text }, subject, drafts: [draft] };
}

/** Handles a call like SES, with the requested faults. */
export async function send(ses: Simulator, sending: Sending): Promise<Sent> {
  const everyone = sending.drafts.flatMap(recipients);
  const struck = ses.faults.strike(sending.operation, everyone);
  const faults = struck.all.map(({ kind }) => kind);
  const sent = (reply: Reply, accepted: number): Sent => ({ reply, recipients: everyone.length, accepted, faults });
  const slow = struck.first("slow");
  if (slow?.accepted === "last") await pause(slow.ms);
  let results: Result[];
  try {
    const early = before(struck);
    if (early) return sent(early, 0);
    check(ses, sending);
    results = accept(ses, sending, struck);
  } catch (error) {
    if (error instanceof SesError) return sent(errorReply(error), 0);
    throw error;
  }
  const accepted = results.filter(({ Status }) => Status === "SUCCESS").length;
  if (slow?.accepted === "first") await pause(slow.ms);
  return sent(after(struck, answerOf(ses, sending, results)), accepted);
}

function answerOf(ses: Simulator, sending: Sending, results: readonly Result[]): Results {
  if (sending.operation === "SendBulkEmail") return { BulkEmailEntryResults: results };
  const [only] = results;
  if (only?.MessageId) return { MessageId: only.MessageId };
  if (only?.Status === "MESSAGE_REJECTED" && only.Error)
    return errorReply(new SesError(400, "MessageRejected", only.Error));
  return errorReply(only?.Error ? badRequest(only.Error) : unverified(ses.account.region, [decodedText(sending.from)]));
}

type Results = { BulkEmailEntryResults: readonly Result[] } | { MessageId: string } | Reply;

/** A fault's answer before SES accepts anything. */
function before(struck: Struck): Reply | undefined {
  if (struck.first("drop-before")) return "drop";
  const throttle = struck.first("throttle");
  if (throttle) throw throttle.limit === "quota" ? quotaExceeded() : rateExceeded();
  const broken = struck.first("5xx");
  if (broken && !broken.accepted) return serverError(broken.status);
  const fault = struck.first("error");
  if (fault) throw new SesError(fault.status, fault.type, fault.message);
  return undefined;
}

/** A fault's effect on the answer of an accepted call. */
function after(struck: Struck, results: Results): Reply {
  const broken = struck.first("5xx");
  if (struck.first("drop-after")) return "drop";
  if (broken?.accepted) return serverError(broken.status);
  if (struck.first("garbage"))
    return { status: 200, headers: { "content-type": "application/json" }, body: '{"BulkEma' };
  if (results === "drop" || "status" in results) return results;
  if (!("BulkEmailEntryResults" in results)) return json(200, results);
  let list = [...results.BulkEmailEntryResults];
  if (struck.first("shuffle")) list = list.reverse();
  if (struck.first("short")) list = list.slice(0, -1);
  return json(200, { BulkEmailEntryResults: list });
}

const serverError = (status: number): Reply =>
  json(
    status,
    { message: "Simulated." },
    { "x-amzn-errortype": status === 503 ? "ServiceUnavailable" : "InternalFailure" },
  );
