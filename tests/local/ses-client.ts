import {
  type BulkEmailEntry,
  SESv2Client,
  SendBulkEmailCommand,
  type SendBulkEmailCommandInput,
  SendEmailCommand,
} from "@aws-sdk/client-sesv2";
import * as z from "zod";
import { type RunningSes, type SesOptions, startSes } from "#local/ses/start.ts";

const Listed = z.object({
  id: z.string(),
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  receivedAt: z.iso.datetime(),
  headers: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
});
const Mail = Listed.extend({ html: z.string().nullable(), text: z.string().nullable() });

/** A simulator on a free port, its client as the sender configures it, and its control API. */
export async function startTrial(options: Partial<SesOptions> = {}) {
  const ses: RunningSes = await startSes({ port: 0, ...options });
  const client = new SESv2Client({
    endpoint: ses.url,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${ses.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    ...ses,
    client,
    ask,
    mails: async (query = "") => z.array(Listed).parse(await ask("GET", `/messages${query}`)),
    mail: async (id: string | undefined) => Mail.parse(await ask("GET", `/messages/${id}.json`)),
    faults: (...faults: object[]) => ask("PUT", "/_control/faults", faults),
    stop: async () => {
      client.destroy();
      await ses.close();
    },
  };
}

export const from = "The Daily <daily@example.com>";

/** An entry of a bulk call, with the one variable that `bulk`'s template asks for. */
export const entryTo = (address: string, values: object = { name: address }): BulkEmailEntry => ({
  Destination: { ToAddresses: [address] },
  ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(values) } },
});

/** A bulk call to these entries with an inline template. */
export const bulk = (entries: BulkEmailEntry[], more: Partial<SendBulkEmailCommandInput> = {}) =>
  new SendBulkEmailCommand({
    FromEmailAddress: from,
    DefaultContent: {
      Template: {
        TemplateContent: { Subject: "News for {{name}}", Html: "<p>Hello {{name}}</p>", Text: "Hello {{name}}" },
        TemplateData: "{}",
      },
    },
    BulkEmailEntries: entries,
    ...more,
  });

export const readers = (count: number) => Array.from({ length: count }, (_, at) => entryTo(`reader${at}@example.org`));

const Refusal = z.object({
  name: z.string(),
  message: z.string(),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
});

/** How a call was refused. */
export async function refusal(call: Promise<unknown>) {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  const { name, message, $metadata } = Refusal.parse(thrown);
  return { name, message, status: $metadata?.httpStatusCode };
}

/** A single mail with a text part alone. */
export const simple = (to: string[], subject = "Hello") =>
  new SendEmailCommand({
    FromEmailAddress: from,
    Destination: { ToAddresses: to },
    Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: "Hello {{you}}" } } } },
  });
