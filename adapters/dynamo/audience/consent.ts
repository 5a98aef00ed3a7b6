import * as z from "zod";
import { ConsentEvent } from "#domain/audience/consent/consent-event.ts";
import { Contact } from "#domain/audience/limits/contact.ts";
import { Instant } from "#domain/time/instant.ts";
import { getAll } from "../get-all.ts";
import { inPartition, queryAll } from "../query.ts";
import { type Condition, deleteItem, getItem, isNew, putItem } from "../requests.ts";
import { fromItem, type Table, toItem } from "../table.ts";

const EVENT = "consent-event";
const Erased = z.strictObject({ at: Instant });
const pk = (newsletter: string, id: string) => `CONSENT#${newsletter}#${id}`;
const contactKeys = (newsletter: string, id: string) => ({ PK: pk(newsletter, id), SK: "CONTACT" });
const erasedKeys = (newsletter: string, id: string) => ({ PK: pk(newsletter, id), SK: "ERASED" });

/** Adds an event to a reader's history. Adding it twice makes one item. */
export async function putConsentEvent(table: Table, newsletter: string, id: string, event: ConsentEvent) {
  await putItem(table, toItem(EVENT, 1, { PK: pk(newsletter, id), SK: `C#${event.at}#${event.did}` }, event));
}

/**
 * What is stored about a reader besides the subscription, in a partition of its own: the history of their consent, when
 * they were mailed outside editions, and a mark if they were erased. None of it holds an address.
 */
export function dynamoConsent(table: Table) {
  return {
    append: (newsletter: string, id: string, event: ConsentEvent) => putConsentEvent(table, newsletter, id, event),

    async history(newsletter: string, id: string): Promise<ConsentEvent[]> {
      const items = await queryAll(table, inPartition(pk(newsletter, id), { beginning: "C#" }));
      return items.map((item) => fromItem(ConsentEvent, EVENT, 1, item));
    },

    async contact(newsletter: string, id: string): Promise<Contact | undefined> {
      const item = await getItem(table, contactKeys(newsletter, id));
      return item && fromItem(Contact, "contact", 1, item);
    },

    /** If the mails are still those that were read: of two requests at once, only one counts its mail. */
    putContact(
      newsletter: string,
      id: string,
      { before, after }: { before: Contact | undefined; after: Contact },
      ttlSeconds: number,
    ): Promise<boolean> {
      const item = toItem("contact", 1, contactKeys(newsletter, id), after, ttlSeconds);
      return putItem(table, item, isAsRead(before));
    },

    async erased(newsletter: string, ids: readonly string[]): Promise<Set<string>> {
      const keys = ids.map((id) => erasedKeys(newsletter, id));
      const items = await getAll(table, keys);
      for (const item of items) fromItem(Erased, "erased", 1, item);
      return new Set(items.map(({ PK }) => String(PK).slice(-24)));
    },

    /**
     * Deletes all of a reader's items except the subscription, and leaves a mark that stops imports from bringing them
     * back.
     */
    async erase(newsletter: string, id: string, at: Instant): Promise<void> {
      await putItem(table, toItem("erased", 1, erasedKeys(newsletter, id), { at }));
      const PK = pk(newsletter, id);
      const others = (await queryAll(table, inPartition(PK))).filter(({ SK }) => SK !== "ERASED");
      for (const { SK } of others) await deleteItem(table, { PK, SK: String(SK) });
    },

    /** The reader subscribed again by themselves. The mark stays if they were erased after that. */
    async unerase(newsletter: string, id: string, subscribedAt: Instant): Promise<void> {
      const before = { if: "attribute_not_exists(PK) OR #at <= :at", values: { at: subscribedAt } };
      await deleteItem(table, erasedKeys(newsletter, id), before);
    },
  };
}

function isAsRead(before: Contact | undefined): Condition {
  if (before === undefined) return isNew;
  const lists = [sameList("mailedAt", before.mailedAt), sameList("dataMailedAt", before.dataMailedAt)];
  return {
    if: lists.map(({ condition }) => condition).join(" AND "),
    values: Object.assign({}, ...lists.map(({ values }) => values)),
  };
}

/** Each mail is the last of its list, so a list of the same length and end is the same. */
function sameList(name: string, list: readonly Instant[] | undefined) {
  if (list === undefined) return { condition: `attribute_not_exists(${name})`, values: {} };
  const length = { condition: `size(${name}) = :${name}Length`, values: { [`${name}Length`]: list.length } };
  if (list.length === 0) return length;
  return {
    condition: `${length.condition} AND ${name}[${list.length - 1}] = :${name}Last`,
    values: { ...length.values, [`${name}Last`]: list.at(-1) },
  };
}

export type DynamoConsent = ReturnType<typeof dynamoConsent>;
