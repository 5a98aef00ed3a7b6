import { isDeepStrictEqual } from "node:util";
import type { ConsentEvent } from "#domain/audience/consent/consent-event.ts";
import type { Contact } from "#domain/audience/limits/contact.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { DynamoConsent } from "../../dynamo/audience/consent.ts";
import { deepFreeze } from "../deep-freeze.ts";

/** State shared by the in-memory versions of subscribers and consent. */
export type ConsentStore = {
  readonly events: Map<string, ConsentEvent[]>;
  readonly contacts: Map<string, Contact>;
  readonly erased: Map<string, Instant>;
};

export const consentStore = (): ConsentStore => ({ events: new Map(), contacts: new Map(), erased: new Map() });

const key = (newsletter: string, id: string) => `${newsletter}#${id}`;
const mailsOf = (contact: Contact | undefined) => contact && [contact.mailedAt, contact.dataMailedAt];

export function appendEvent({ events }: ConsentStore, reader: { newsletter: string; id: string }, event: ConsentEvent) {
  const name = key(reader.newsletter, reader.id);
  const others = (events.get(name) ?? []).filter(({ at, did }) => at !== event.at || did !== event.did);
  const byTime = [...others, deepFreeze(event)].sort((a, b) => (`${a.at}#${a.did}` < `${b.at}#${b.did}` ? -1 : 1));
  events.set(name, byTime);
}

/** In-memory version of adapters/dynamo/audience/consent.ts. */
export function memoryConsent(store: ConsentStore = consentStore()): DynamoConsent {
  return {
    append: async (newsletter, id, event) => appendEvent(store, { newsletter, id }, event),
    history: async (newsletter, id) => store.events.get(key(newsletter, id)) ?? [],
    contact: async (newsletter, id) => store.contacts.get(key(newsletter, id)),
    putContact: async (newsletter, id, { before, after }) => {
      const known = store.contacts.get(key(newsletter, id));
      if (!isDeepStrictEqual(mailsOf(known), mailsOf(before))) return false;
      store.contacts.set(key(newsletter, id), deepFreeze(after));
      return true;
    },
    erased: async (newsletter, ids) => new Set(ids.filter((id) => store.erased.has(key(newsletter, id)))),
    erase: async (newsletter, id, at) => {
      store.erased.set(key(newsletter, id), at);
      store.events.delete(key(newsletter, id));
      store.contacts.delete(key(newsletter, id));
    },
    unerase: async (newsletter, id, subscribedAt) => {
      const at = store.erased.get(key(newsletter, id));
      if (at !== undefined && at <= subscribedAt) store.erased.delete(key(newsletter, id));
    },
  };
}
