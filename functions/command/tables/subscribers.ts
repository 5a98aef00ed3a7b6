import { type ImportPorts, importRows } from "#usecases/audience/operate/import.ts";
import {
  eraseSubscriber,
  exportSubscribers,
  type ListPorts,
  showConsentHistory,
} from "#usecases/audience/operate/list.ts";
import { type RestoreReadersPorts, restoreReaders } from "#usecases/audience/operate/restore.ts";
import {
  addSubscribers,
  listSubscribers,
  removeSubscriber,
  type SubscriberPorts,
  showSubscriber,
} from "#usecases/audience/operate/subscribers.ts";
import { showWarmUp, type WarmUpPorts } from "#usecases/audience/operate/warm-up.ts";
import type { HistoryPorts } from "#usecases/delivery/operate/reader-history.ts";
import { command } from "../answer.ts";
import { subscriberCommands as commands } from "../commands/subscribers.ts";

export type SubscriberTablePorts = SubscriberPorts &
  ImportPorts &
  ListPorts &
  HistoryPorts &
  RestoreReadersPorts &
  WarmUpPorts;

/** Commands about subscribers, which the desk can't access. */
export const subscriberTable = (ports: SubscriberTablePorts) => ({
  "subscriber add": command(commands["subscriber add"], (input) => addSubscribers(ports, input)),
  "subscriber list": command(commands["subscriber list"], (input) => listSubscribers(ports, input)),
  "subscriber show": command(commands["subscriber show"], (input) => showSubscriber(ports, input)),
  "subscriber import": command(commands["subscriber import"], (input) => importRows(ports, input)),
  "subscriber warm-up": command(commands["subscriber warm-up"], (input) => showWarmUp(ports, input)),
  "subscriber export": command(commands["subscriber export"], (input) => exportSubscribers(ports, input)),
  "subscriber history": command(commands["subscriber history"], (input) => showConsentHistory(ports, input)),
  "subscriber erase": command(commands["subscriber erase"], (input) => eraseSubscriber(ports, input)),
  "subscriber restore": command(commands["subscriber restore"], (input) => restoreReaders(ports, input)),
  "subscriber remove": command(commands["subscriber remove"], (input) => removeSubscriber(ports, input)),
});
