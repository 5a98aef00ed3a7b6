import type { AddressFault } from "#domain/audience/address.ts";
import type { ConsentEvent } from "#domain/audience/consent-event.ts";
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
  mails: {
    confirm: { subject: string; text: string; button: string; ignore: string };
    reminder: { subject: string };
    subscribed: { subject: string; text: string; button: string };
    data: { subject: string; text: string; button: string; ignore: string };
  };
};
