import { type CallsPorts, listUndecidedCalls } from "#usecases/delivery/operate/calls.ts";
import {
  acceptDoubles,
  type DeadLetterPorts,
  listDeadLetters,
  listDoubles,
  redriveDeadLetters,
} from "#usecases/delivery/operate/dead-letters.ts";
import { type ResolvePorts, resolveDeliveries, retryDeliveries } from "#usecases/delivery/operate/resolve.ts";
import { command } from "../answer.ts";
import { deliveryCommands as commands } from "../commands/deliveries.ts";

export type OperatingPorts = ResolvePorts & CallsPorts & DeadLetterPorts;

/** Commands about failed and unknown deliveries. */
export const operatingTable = (ports: OperatingPorts) => ({
  resolve: command(commands.resolve, (input) => resolveDeliveries(ports, input)),
  calls: command(commands.calls, (input) => listUndecidedCalls(ports, input)),
  retry: command(commands.retry, (input) => retryDeliveries(ports, input)),
  "dlq list": command(commands["dlq list"], (input) => listDeadLetters(ports, input)),
  "dlq redrive": command(commands["dlq redrive"], (input) => redriveDeadLetters(ports, input)),
  "double list": command(commands["double list"], () => listDoubles(ports)),
  "double accept": command(commands["double accept"], (input) => acceptDoubles(ports, input)),
});
