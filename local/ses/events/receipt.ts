import { randomBytes } from "node:crypto";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

/** A mail to an address that SES receives for. */
type ReceivedMail = { from: string; to: string; subject: string; at: number };

/** Delivers a mail like a receipt rule; a topic in between adds nothing, because it delivers raw messages. */
export type Receive = (mail: ReceivedMail) => Promise<void>;

/**
 * A receipt rule's notification of a mail.
 * https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
 */
export function receiptOf({ from, to, subject, at }: ReceivedMail) {
  const timestamp = new Date(at).toISOString();
  const pass = { status: "PASS" };
  return {
    notificationType: "Received",
    mail: {
      timestamp,
      source: from,
      messageId: randomBytes(20).toString("hex"),
      destination: [to],
      headersTruncated: false,
      headers: [
        { name: "From", value: from },
        { name: "To", value: to },
        { name: "Subject", value: subject },
      ],
      commonHeaders: { from: [from], to: [to], subject },
    },
    receipt: {
      timestamp,
      processingTimeMillis: 20,
      recipients: [to],
      ...{ spamVerdict: pass, virusVerdict: pass, spfVerdict: pass, dkimVerdict: pass, dmarcVerdict: pass },
      action: { type: "SNS", topicArn: "arn:aws:sns:us-east-1:000000000000:inbound", encoding: "UTF8" },
    },
    content: `From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\n`,
  };
}

/** Where received mail goes: a queue. */
export function openReceive(destination: { queueUrl: string; endpoint: string } | undefined, region: string) {
  if (destination === undefined) return undefined;
  const { queueUrl, endpoint } = destination;
  const client = new SQSClient({
    endpoint,
    region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  const receive: Receive = async (mail) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(receiptOf(mail)) }));
  };
  return Object.assign(receive, { close: () => client.destroy() });
}
