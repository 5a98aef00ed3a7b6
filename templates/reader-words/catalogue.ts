import type { AddressFault } from "#domain/audience/address/address.ts";
import type { ConsentEvent } from "#domain/audience/consent/consent-event.ts";
import type { SubscriberStatus } from "#domain/audience/subscriber.ts";

type Message = { title: string; text: string };

/**
 * What the pages and mails say on the way from subscribing to being forgotten. A key that a language lacks does not
 * compile. `{name}` marks what is put in.
 */
export type ReaderWords = {
  /** The language's own name for itself. */
  name: string;
  languages: string;
  subscribe: string;
  /** {title} */
  subscribeTo: string;
  /** Of a newsletter that comes on all days of the week. */
  everyDay: string;
  address: string;
  privacy: string;
  /** For a field that people do not see; who fills it in is a program. */
  trap: string;
  problem: string;
  /** {address} */
  didYouMean: string;
  faults: Record<AddressFault | "refused", string>;
  inbox: Message & { note: string };
  /** {title} · {address} */
  confirm: { title: string; text: string; button: string };
  /** {title} · {address} */
  subscribed: Message;
  expired: Message;
  badConfirm: Message;
  undo: string;
  undone: Message;
  undoExpired: Message;
  again: string;
  /** After a complaint or a bounce. {title} */
  stopped: Message;
  dataAsk: string;
  data: {
    title: string;
    intro: string;
    status: string;
    since: string;
    history: string;
    download: string;
    erase: string;
    eraseText: string;
    statuses: Record<SubscriberStatus, string>;
    events: Record<ConsentEvent["did"], string>;
    /** {title} */
    nothing: string;
  };
  erased: Message;
  dataExpired: Message;
  search: string;
  searchFor: string;
  /** {term} */
  searchNothing: string;
  latest: string;
  feeds: string;
  preferences: {
    title: string;
    /** {address} */
    intro: string;
    newsletters: string;
    pause: string;
    pauseNote: string;
    pauseBad: string;
    resume: string;
    zone: string;
    /** {zone} */
    zoneOwn: string;
    language: string;
    languageOwn: string;
    save: string;
    saved: string;
    /** Something was asked for that a mail must confirm. */
    requested: string;
    address: string;
    change: string;
    changeNote: string;
    changeRequested: string;
    /** {title} */
    instead: string;
    fewer: string;
  };
  /** A new address. {address} */
  move: { title: string; text: string; button: string };
  moved: Message;
  /** Another newsletter in place of one. {title} · {address} */
  switched: Message;
  /** Was the edition worth reading? */
  worth: {
    title: string;
    yes: string;
    no: string;
    note: string;
    thanks: Message;
    again: Message;
    closed: Message;
  };
  mails: {
    confirm: { subject: string; text: string; button: string; ignore: string };
    reminder: { subject: string };
    subscribed: { subject: string; text: string; button: string };
    data: { subject: string; text: string; button: string; ignore: string };
    address: { subject: string; text: string; button: string; ignore: string };
    /** To the old address, after a change. */
    moved: { subject: string; text: string; button: string; ignore: string };
  };
};
