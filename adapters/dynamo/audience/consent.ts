import { BatchGetCommand, DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { ConsentEvent } from "#domain/audience/consent/consent-event.ts";
import { Contact } from "#domain/audience/limits/contact.ts";
import { Instant } from "#domain/time/instant.ts";
import { queryAll } from "../query.ts";
import { fromItem, type Table, toItem, writeIf } from "../table.ts";

const EVENT = "consent-event";
const Erased = z.strictObject({ at: Instant });
const pk = (newsletter: string, id: string) => `CONSENT#${newsletter}#${id}`;
const contactKeys = (newsletter: string, id: string) => ({ PK: pk(newsletter, id), SK: "CONTACT" });
const erasedKeys = (newsletter: string, id: string) => ({ PK: pk(newsletter, id), SK: "ERASED" });
/** DynamoDB's limit of keys in a BatchGetItem. */
const BATCH = 100;

/** Adds an event to a reader's history. Adding it twice makes one item. */
export async function putConsentEvent(
  { document, name }: Table,
  newsletter: string,
  id: string,
  event: ConsentEvent,
): Promise<void> {
  const Item = toItem(EVENT, 1, { PK: pk(newsletter, id), SK: `C#${event.at}#${event.did}` }, event);
  await document.send(new PutCommand({ TableName: name, Item }));
}

/**
 * What is stored about a reader besides the subscription, in a partition of its own: the history of their consent, when
 * they were mailed outside editions, and a mark if they were erased. None of it holds an address.
 */
export function dynamoConsent(table: Table) {
  const { document, name: TableName } = table;
  return {
    append: (newsletter: string, id: string, event: ConsentEvent) => putConsentEvent(table, newsletter, id, event),

    /** Oldest first. */
    async history(newsletter: string, id: string): Promise<ConsentEvent[]> {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk AND begins_with(SK, :sk)",
        ExpressionAttributeValues: { ":pk": pk(newsletter, id), ":sk": "C#" },
      });
      return items.map((item) => fromItem(ConsentEvent, EVENT, 1, item));
    },

    async contact(newsletter: string, id: string): Promise<Contact | undefined> {
      const Key = contactKeys(newsletter, id);
      const { Item } = await document.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && fromItem(Contact, "contact", 1, Item);
    },

    /** If the mails are still those that were read: of two requests at once, only one counts its mail. */
    putContact(
      newsletter: string,
      id: string,
      { before, after }: { before: Contact | undefined; after: Contact },
      ttlSeconds: number,
    ): Promise<boolean> {
      const Item = toItem("contact", 1, contactKeys(newsletter, id), after, ttlSeconds);
      return writeIf(document.send(new PutCommand({ TableName, Item, ...isAsRead(before) })));
    },

    /** Which of these readers were erased. */
    async erased(newsletter: string, ids: readonly string[]): Promise<Set<string>> {
      const found = new Set<string>();
      for (let from = 0; from < ids.length; from += BATCH) {
        let keys: Record<string, unknown>[] = ids.slice(from, from + BATCH).map((id) => erasedKeys(newsletter, id));
        while (keys.length > 0) {
          const answer = await document.send(
            new BatchGetCommand({ RequestItems: { [TableName]: { Keys: keys, ConsistentRead: true } } }),
          );
          for (const item of answer.Responses?.[TableName] ?? []) {
            fromItem(Erased, "erased", 1, item);
            found.add(String(item.PK).slice(-24));
          }
          keys = answer.UnprocessedKeys?.[TableName]?.Keys ?? [];
        }
      }
      return found;
    },

    /**
     * Deletes all of a reader's items except the subscription, and leaves a mark that stops imports from bringing them
     * back.
     */
    async erase(newsletter: string, id: string, at: Instant): Promise<void> {
      await document.send(new PutCommand({ TableName, Item: toItem("erased", 1, erasedKeys(newsletter, id), { at }) }));
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk",
        ExpressionAttributeValues: { ":pk": pk(newsletter, id) },
      });
      for (const { PK, SK } of items) {
        if (SK !== "ERASED") await document.send(new DeleteCommand({ TableName, Key: { PK, SK } }));
      }
    },

    /** The reader subscribed again by themselves. */
    async unerase(newsletter: string, id: string): Promise<void> {
      await document.send(new DeleteCommand({ TableName, Key: erasedKeys(newsletter, id) }));
    },
  };
}

function isAsRead(before: Contact | undefined) {
  if (before === undefined) return { ConditionExpression: "attribute_not_exists(PK)" };
  const lists = [sameList("mailedAt", before.mailedAt), sameList("dataMailedAt", before.dataMailedAt)];
  return {
    ConditionExpression: lists.map(({ condition }) => condition).join(" AND "),
    ExpressionAttributeValues: Object.assign({}, ...lists.map(({ values }) => values)),
  };
}

/** Each mail is the last of its list, so a list of the same length and end is the same. */
function sameList(name: string, list: readonly Instant[] | undefined) {
  if (list === undefined) return { condition: `attribute_not_exists(${name})`, values: {} };
  const length = { condition: `size(${name}) = :${name}Length`, values: { [`:${name}Length`]: list.length } };
  if (list.length === 0) return length;
  return {
    condition: `${length.condition} AND ${name}[${list.length - 1}] = :${name}Last`,
    values: { ...length.values, [`:${name}Last`]: list.at(-1) },
  };
}

export type DynamoConsent = ReturnType<typeof dynamoConsent>;
