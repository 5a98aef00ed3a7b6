import { pauseEdition, resumeEdition } from "#usecases/delivery/operate/pause-resume.ts";
import type { Ports as EditionsPorts } from "#usecases/editions/ports.ts";
import { type NotePorts, noteEdition } from "#usecases/editions/publishing/note-edition.ts";
import { approveEdition, scheduleEdition, withdrawEdition } from "#usecases/editions/sending/approve.ts";
import type { PlanPorts } from "#usecases/editions/sending/plan.ts";
import { cancelEdition, type SendPorts, sendEdition } from "#usecases/editions/sending/send.ts";
import { type TrialPorts, testEdition } from "#usecases/editions/sending/test-send.ts";
import { command } from "../answer.ts";
import { sendingCommands as commands } from "../commands/sending.ts";

export type SendingPorts = EditionsPorts & SendPorts & PlanPorts & TrialPorts & NotePorts;

/** Commands that approve, send and stop an edition. */
export const sendingTable = (ports: SendingPorts) => ({
  test: command(commands.test, (input) => testEdition(ports, input)),
  send: command(commands.send, (input) => sendEdition(ports, input)),
  approve: command(commands.approve, (input) => approveEdition(ports, input)),
  schedule: command(commands.schedule, (input) => scheduleEdition(ports, input)),
  withdraw: command(commands.withdraw, (input) => withdrawEdition(ports, input)),
  cancel: command(commands.cancel, (input) => cancelEdition(ports, input)),
  pause: command(commands.pause, (input) => pauseEdition(ports, input)),
  resume: command(commands.resume, (input) => resumeEdition(ports, input)),
  note: command(commands.note, (input) => noteEdition(ports, input)),
});
