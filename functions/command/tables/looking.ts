import { type CostPorts, costOfEdition } from "#usecases/delivery/operate/cost.ts";
import { followEdition, type ProgressPorts } from "#usecases/delivery/operate/follow.ts";
import type { Ports as EditionsPorts } from "#usecases/editions/ports.ts";
import { type PlanPorts, planEdition } from "#usecases/editions/sending/plan.ts";
import type { SendPorts } from "#usecases/editions/sending/send.ts";
import { type BoardPorts, showBoard } from "#usecases/editions/showing/board.ts";
import { type LogPorts, readLog } from "#usecases/editions/showing/log.ts";
import { type ResultsPorts, showResults } from "#usecases/editions/showing/results.ts";
import { showCalendar } from "#usecases/editions/showing/show-calendar.ts";
import { listEditions } from "#usecases/editions/showing/show-edition.ts";
import { command } from "../answer.ts";
import { editionCommands } from "../commands/editions.ts";
import { operationCommands } from "../commands/operations.ts";
import { sendingCommands } from "../commands/sending.ts";

export type LookingPorts = EditionsPorts &
  SendPorts &
  LogPorts &
  PlanPorts &
  BoardPorts &
  ProgressPorts &
  CostPorts &
  ResultsPorts;

/** Commands that show editions and their delivery. */
export const lookingTable = (ports: LookingPorts) => ({
  board: command(editionCommands.board, () => showBoard(ports)),
  list: command(editionCommands.list, (input) => listEditions(ports, input)),
  calendar: command(editionCommands.calendar, async (input) => showCalendar(ports, input)),
  results: command(editionCommands.results, (input) => showResults(ports, input)),
  log: command(operationCommands.log, (input) => readLog(ports, input)),
  plan: command(sendingCommands.plan, (input) => planEdition(ports, input)),
  cost: command(sendingCommands.cost, (input) => costOfEdition(ports, input)),
  follow: command(sendingCommands.follow, (input) => followEdition(ports, input)),
});
