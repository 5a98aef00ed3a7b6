import { randomUUID } from "node:crypto";
import type { Courier } from "./events/courier.ts";
import type { Receive } from "./events/receipt.ts";
import type { Message } from "./mail/message.ts";
import type { Store } from "./mail/store.ts";
import type { Account, AccountLists } from "./state/account.ts";
import type { Calls } from "./state/calls.ts";
import type { Faults } from "./state/faults.ts";
import type { Pace } from "./state/pace.ts";

/** The simulator's state, passed to each route. */
export type Simulator = {
  account: Account;
  lists: AccountLists;
  pace: Pace;
  faults: Faults;
  calls: Calls;
  store: Store;
  courier: Courier;
  /** Undefined: it receives no mail. */
  receive: Receive | undefined;
  /** Called with messages that reached an inbox, or with none when the inbox was emptied. */
  arrived: (messages: readonly Message[]) => void;
  /** Epoch milliseconds. */
  now: () => number;
  /** From 0 up to 1. */
  random: () => number;
};

/** A message id of SES's form: 16 hex digits, which begin with the time, a UUID, and 6 digits. */
export function createMessageId(now: number): string {
  return `0100${Math.floor(now).toString(16).padStart(12, "0")}-${randomUUID()}-000000`;
}
