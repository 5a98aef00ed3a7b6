import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { ProbeEvent } from "#domain/delivery/resolving/probe.ts";
import { fromInstant, Instant } from "#domain/time/instant.ts";
import { fromItem, type Table, toItem } from "../table.ts";

/** Seconds. Doctor waits for a minute or two. */
const KEPT = 3600;
const StoredProbe = z.strictObject({ event: ProbeEvent, at: Instant });

/** Events about mails to SES's mailbox simulator, by the mail's message id. */
export function dynamoProbes({ document, name: TableName }: Table) {
  return {
    async arrived(messageId: string, event: ProbeEvent, at: Instant): Promise<void> {
      const keys = { PK: `PROBE#${messageId}`, SK: event };
      const ttl = Math.ceil(fromInstant(at) / 1000) + KEPT;
      await document.send(new PutCommand({ TableName, Item: toItem("probe", 1, keys, { event, at }, ttl) }));
    },

    async events(messageId: string): Promise<ProbeEvent[]> {
      const query = new QueryCommand({
        TableName,
        KeyConditionExpression: "PK = :probe",
        ExpressionAttributeValues: { ":probe": `PROBE#${messageId}` },
        ConsistentRead: true,
      });
      const { Items = [] } = await document.send(query);
      return Items.map((item) => fromItem(StoredProbe, "probe", 1, item).event);
    },
  };
}
