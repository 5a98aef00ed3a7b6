import {
  addSubscribers,
  listSubscribers,
  removeSubscriber,
  type SubscriberPorts,
  showSubscriber,
} from "#usecases/audience/subscribers.ts";
import { type CostPorts, costOfEdition } from "#usecases/delivery/operate/cost.ts";
import {
  acceptDoubles,
  type DeadLetterPorts,
  listDeadLetters,
  listDoubles,
  redriveDeadLetters,
} from "#usecases/delivery/operate/dead-letters.ts";
import { type DeliveriesPorts, listDeliveries } from "#usecases/delivery/operate/deliveries.ts";
import { followEdition, type OutlookPorts } from "#usecases/delivery/operate/follow.ts";
import { pauseEdition, resumeEdition } from "#usecases/delivery/operate/pause-resume.ts";
import type { HistoryPorts } from "#usecases/delivery/operate/reader-history.ts";
import { type ResolvePorts, resolveDeliveries, retryDeliveries } from "#usecases/delivery/operate/resolve.ts";
import { acceptRestore, type RestorePorts } from "#usecases/delivery/operate/restore.ts";
import {
  buildEdition,
  correctEdition,
  decide,
  draftEdition,
  listEditions,
  showEdition,
} from "#usecases/editions/editions.ts";
import { type LogPorts, readLog } from "#usecases/editions/log.ts";
import { approveEdition, scheduleEdition, withdrawEdition } from "#usecases/editions/sending/approve.ts";
import { type CheckPorts, checkEdition } from "#usecases/editions/sending/check-edition.ts";
import { type PlanPorts, planEdition } from "#usecases/editions/sending/plan.ts";
import { cancelEdition, type SendPorts, sendEdition } from "#usecases/editions/sending/send.ts";
import { type TrialPorts, testEdition } from "#usecases/editions/sending/test-send.ts";
import {
  explainEdition,
  findStories,
  showWorkbench,
  type WhyPorts,
  type WorkPorts,
} from "#usecases/editions/why-edition.ts";
import { type KeyPorts, listKeys, rotate } from "#usecases/keys/rotate.ts";
import { addPushSource, type PushPorts, renewKey } from "#usecases/sources/push-sources.ts";
import { addSource, ingestNow, listSources, removeSource, type SourcePorts } from "#usecases/sources/sources.ts";
import { type Command, command } from "./answer.ts";
import { type CommandName, commands } from "./contract.ts";

export type Ports = SourcePorts &
  PushPorts &
  SubscriberPorts &
  HistoryPorts &
  LogPorts &
  PlanPorts &
  SendPorts &
  ResolvePorts &
  DeliveriesPorts &
  OutlookPorts &
  RestorePorts &
  KeyPorts &
  TrialPorts &
  WhyPorts &
  WorkPorts &
  CostPorts &
  DeadLetterPorts &
  CheckPorts;

/** Every command of the contract with its use case. */
export const commandTable = (ports: Ports): Record<CommandName, Command> => ({
  "source add": command(commands["source add"], (input) => addSource(ports, input)),
  "source push": command(commands["source push"], (input) => addPushSource(ports, input)),
  "source key": command(commands["source key"], (input) => renewKey(ports, input)),
  "source list": command(commands["source list"], () => listSources(ports)),
  "source remove": command(commands["source remove"], (input) => removeSource(ports, input)),
  ingest: command(commands.ingest, (input) => ingestNow(ports, input)),
  build: command(commands.build, (input) => buildEdition(ports, input)),
  draft: command(commands.draft, (input) => draftEdition(ports, input)),
  decide: command(commands.decide, (input) => decide(ports, input)),
  why: command(commands.why, (input) => explainEdition(ports, input)),
  workbench: command(commands.workbench, (input) => showWorkbench(ports, input)),
  find: command(commands.find, (input) => findStories(ports, input)),
  show: command(commands.show, (input) => showEdition(ports, input)),
  check: command(commands.check, (input) => checkEdition(ports, input)),
  list: command(commands.list, (input) => listEditions(ports, input)),
  test: command(commands.test, (input) => testEdition(ports, input)),
  send: command(commands.send, (input) => sendEdition(ports, input)),
  approve: command(commands.approve, (input) => approveEdition(ports, input)),
  schedule: command(commands.schedule, (input) => scheduleEdition(ports, input)),
  withdraw: command(commands.withdraw, (input) => withdrawEdition(ports, input)),
  plan: command(commands.plan, (input) => planEdition(ports, input)),
  cost: command(commands.cost, (input) => costOfEdition(ports, input)),
  log: command(commands.log, (input) => readLog(ports, input)),
  cancel: command(commands.cancel, (input) => cancelEdition(ports, input)),
  follow: command(commands.follow, (input) => followEdition(ports, input)),
  pause: command(commands.pause, (input) => pauseEdition(ports, input)),
  resume: command(commands.resume, (input) => resumeEdition(ports, input)),
  resolve: command(commands.resolve, (input) => resolveDeliveries(ports, input)),
  retry: command(commands.retry, (input) => retryDeliveries(ports, input)),
  correct: command(commands.correct, (input) => correctEdition(ports, input)),
  deliveries: command(commands.deliveries, (input) => listDeliveries(ports, input)),
  "dlq list": command(commands["dlq list"], (input) => listDeadLetters(ports, input)),
  "dlq redrive": command(commands["dlq redrive"], (input) => redriveDeadLetters(ports, input)),
  "double list": command(commands["double list"], () => listDoubles(ports)),
  "double accept": command(commands["double accept"], (input) => acceptDoubles(ports, input)),
  "keys list": command(commands["keys list"], () => listKeys(ports)),
  "keys rotate": command(commands["keys rotate"], (input) => rotate(ports, input)),
  "restore accept": command(commands["restore accept"], (input) => acceptRestore(ports, input)),
  "subscriber add": command(commands["subscriber add"], (input) => addSubscribers(ports, input)),
  "subscriber list": command(commands["subscriber list"], (input) => listSubscribers(ports, input)),
  "subscriber show": command(commands["subscriber show"], (input) => showSubscriber(ports, input)),
  "subscriber remove": command(commands["subscriber remove"], (input) => removeSubscriber(ports, input)),
});
