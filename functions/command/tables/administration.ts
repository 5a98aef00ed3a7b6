import { type ReplayPorts, replay } from "#usecases/audience/operate/replay.ts";
import { acceptRestore, type RestorePorts } from "#usecases/delivery/operate/accept-restore.ts";
import { type DeliveriesPorts, listDeliveries } from "#usecases/delivery/operate/deliveries.ts";
import { type HealthPorts, readHealth } from "#usecases/delivery/operate/health.ts";
import { missingEvents, type ProbePorts, sendProbes } from "#usecases/delivery/operate/probe.ts";
import { endSessions, listSessions, type SessionPorts } from "#usecases/desk/sessions.ts";
import type { Ports as EditionsPorts } from "#usecases/editions/ports.ts";
import { weighEditions } from "#usecases/editions/showing/weights.ts";
import { type KeyPorts, listKeys, rotate } from "#usecases/keys/rotate.ts";
import { addPushSource, type PushPorts, renewKey } from "#usecases/sources/push-sources.ts";
import { command } from "../answer.ts";
import { deliveryCommands } from "../commands/deliveries.ts";
import { editionCommands } from "../commands/editions.ts";
import { operationCommands } from "../commands/operations.ts";
import { sourceCommands } from "../commands/sources.ts";

export type AdministrationPorts = EditionsPorts &
  PushPorts &
  DeliveriesPorts &
  RestorePorts &
  ReplayPorts &
  HealthPorts &
  ProbePorts &
  KeyPorts &
  SessionPorts;

/** Operators' commands that the desk can't give. */
export const administrationTable = (ports: AdministrationPorts) => ({
  "source push": command(sourceCommands["source push"], (input) => addPushSource(ports, input)),
  "source key": command(sourceCommands["source key"], (input) => renewKey(ports, input)),
  weights: command(editionCommands.weights, (input) => weighEditions(ports, input)),
  deliveries: command(deliveryCommands.deliveries, (input) => listDeliveries(ports, input)),
  "keys list": command(operationCommands["keys list"], () => listKeys(ports)),
  "keys rotate": command(operationCommands["keys rotate"], (input) => rotate(ports, input)),
  "desk sessions list": command(operationCommands["desk sessions list"], () => listSessions(ports)),
  "desk sessions end": command(operationCommands["desk sessions end"], (input) => endSessions(ports, input)),
  "restore accept": command(deliveryCommands["restore accept"], (input) => acceptRestore(ports, input)),
  health: command(operationCommands.health, () => readHealth(ports)),
  "probe send": command(operationCommands["probe send"], () => sendProbes(ports)),
  "probe missing": command(operationCommands["probe missing"], (input) => missingEvents(ports, input)),
  "restore replay": command(deliveryCommands["restore replay"], (input) => replay(ports, input)),
});
