import { type ImportPorts, importRows } from "#usecases/audience/import.ts";
import { eraseSubscriber, exportSubscribers, type ListPorts, showConsentHistory } from "#usecases/audience/list.ts";
import { type ReplayPorts, replay } from "#usecases/audience/replay.ts";
import { type RestoreReadersPorts, restoreReaders } from "#usecases/audience/restore.ts";
import {
  addSubscribers,
  listSubscribers,
  removeSubscriber,
  type SubscriberPorts,
  showSubscriber,
} from "#usecases/audience/subscribers.ts";
import { acceptRestore, type RestorePorts } from "#usecases/delivery/operate/accept-restore.ts";
import { type DeliveriesPorts, listDeliveries } from "#usecases/delivery/operate/deliveries.ts";
import type { HistoryPorts } from "#usecases/delivery/operate/reader-history.ts";
import { endSessions, listSessions, type SessionPorts } from "#usecases/desk/sessions.ts";
import { weighEditions } from "#usecases/editions/weights.ts";
import { type KeyPorts, listKeys, rotate } from "#usecases/keys/rotate.ts";
import { addPushSource, type PushPorts, renewKey } from "#usecases/sources/push-sources.ts";
import { type Command, command } from "./answer.ts";
import { type CommandName, commands } from "./contract.ts";
import { type EditorialPorts, editorialTable } from "./editorial-table.ts";

export type Ports = EditorialPorts &
  PushPorts &
  SubscriberPorts &
  ImportPorts &
  ListPorts &
  HistoryPorts &
  DeliveriesPorts &
  RestorePorts &
  RestoreReadersPorts &
  ReplayPorts &
  KeyPorts &
  SessionPorts;

/** Every command of the contract with its use case. */
export const commandTable = (ports: Ports): Record<CommandName, Command> => ({
  ...editorialTable(ports),
  "source push": command(commands["source push"], (input) => addPushSource(ports, input)),
  "source key": command(commands["source key"], (input) => renewKey(ports, input)),
  weights: command(commands.weights, (input) => weighEditions(ports, input)),
  deliveries: command(commands.deliveries, (input) => listDeliveries(ports, input)),
  "keys list": command(commands["keys list"], () => listKeys(ports)),
  "keys rotate": command(commands["keys rotate"], (input) => rotate(ports, input)),
  "desk sessions list": command(commands["desk sessions list"], () => listSessions(ports)),
  "desk sessions end": command(commands["desk sessions end"], (input) => endSessions(ports, input)),
  "restore accept": command(commands["restore accept"], (input) => acceptRestore(ports, input)),
  "restore replay": command(commands["restore replay"], (input) => replay(ports, input)),
  "subscriber add": command(commands["subscriber add"], (input) => addSubscribers(ports, input)),
  "subscriber list": command(commands["subscriber list"], (input) => listSubscribers(ports, input)),
  "subscriber show": command(commands["subscriber show"], (input) => showSubscriber(ports, input)),
  "subscriber import": command(commands["subscriber import"], (input) => importRows(ports, input)),
  "subscriber export": command(commands["subscriber export"], (input) => exportSubscribers(ports, input)),
  "subscriber history": command(commands["subscriber history"], (input) => showConsentHistory(ports, input)),
  "subscriber erase": command(commands["subscriber erase"], (input) => eraseSubscriber(ports, input)),
  "subscriber restore": command(commands["subscriber restore"], (input) => restoreReaders(ports, input)),
  "subscriber remove": command(commands["subscriber remove"], (input) => removeSubscriber(ports, input)),
});
