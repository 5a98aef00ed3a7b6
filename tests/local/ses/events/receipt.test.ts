import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LeaveMail, tokenIn } from "#domain/audience/tokens/leave-mail.ts";
import { unsubscribeToken } from "#domain/audience/tokens/token.ts";
import { localAws } from "#local/aws.ts";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";
import { bulk, entryTo, startTrial } from "../../ses-client.ts";

const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
const token = unsubscribeToken(keys, { newsletter: "daily", id: "0".repeat(24) });

let queues: QueuesPart;
let ses: Awaited<ReturnType<typeof startTrial>>;
beforeAll(async () => {
  queues = await startQueues({ port: 0 });
  ses = await startTrial({ received: { queueUrl: queues.queues.requests, endpoint: queues.url } });
});
afterAll(async () => {
  await ses?.stop();
  await queues?.close();
});

async function sent(listUnsubscribe: string): Promise<string> {
  const headers = [{ Name: "List-Unsubscribe", Value: listUnsubscribe }];
  await ses.client.send(bulk([{ ...entryTo("ann@example.com"), ReplacementHeaders: headers }]));
  const [newest] = await ses.mails();
  return newest?.id ?? "";
}

test("mail to the mailto address reaches the queue of readers' requests as SES would tell it", async () => {
  const id = await sent(
    `<https://site.example/one-click/${token}>, <mailto:leave@in.example.com?subject=unsubscribe%20${token}>`,
  );
  expect(await ses.ask("POST", `/messages/${id}/unsubscribe-mail`)).toMatchObject({ ok: true });
  const client = new SQSClient({ ...localAws, endpoint: queues.url });
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: queues.queues.requests, WaitTimeSeconds: 5 }),
  );
  client.destroy();
  const mail = LeaveMail.parse(JSON.parse(Messages[0]?.Body ?? "{}"));
  expect(tokenIn(mail)).toBe(token);
  expect(mail).toMatchObject({ mail: { commonHeaders: { subject: `unsubscribe ${token}` } } });
  const page = await (await fetch(`${ses.url}/message/${id}`)).text();
  expect(page).toContain("Try unsubscribe by mail");
});

test("a message without a mailto address offers none, and says so", async () => {
  const id = await sent("<https://site.example/one-click/t>");
  expect(await ses.ask("POST", `/messages/${id}/unsubscribe-mail`)).toMatchObject({
    ok: false,
    says: "This message has no mailto address in List-Unsubscribe.",
  });
  expect(await (await fetch(`${ses.url}/message/${id}`)).text()).not.toContain("unsubscribe by mail");
});
