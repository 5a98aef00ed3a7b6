import type { Command } from "./answer.ts";
import { atFirstCommand } from "./at-first-command.ts";
import type { CommandName } from "./contract.ts";
import { type EditorialPorts, editorialTable } from "./editorial-table.ts";
import type { AdministrationPorts } from "./tables/administration.ts";
import type { SubscriberTablePorts } from "./tables/subscribers.ts";

export type Ports = EditorialPorts & SubscriberTablePorts & AdministrationPorts;

const inSubscribers = [
  "subscriber add",
  "subscriber list",
  "subscriber show",
  "subscriber import",
  "subscriber warm-up",
  "subscriber export",
  "subscriber history",
  "subscriber erase",
  "subscriber restore",
  "subscriber remove",
] as const;
const inAdministration = [
  "source push",
  "source key",
  "weights",
  "deliveries",
  "keys list",
  "keys rotate",
  "desk sessions list",
  "desk sessions end",
  "restore accept",
  "restore replay",
  "health",
  "probe send",
  "probe missing",
] as const;

/** Every command of the contract. */
export const commandTable = (ports: Ports): Record<CommandName, Command> => ({
  ...editorialTable(ports),
  ...atFirstCommand(inSubscribers, async () => (await import("./tables/subscribers.ts")).subscriberTable(ports)),
  ...atFirstCommand(inAdministration, async () =>
    (await import("./tables/administration.ts")).administrationTable(ports),
  ),
});
