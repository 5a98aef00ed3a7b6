import type { EditionView } from "#domain/edition/edition.ts";
import type { Check } from "#domain/edition/preflight/finding.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { type CallsPorts, listUndecidedCalls } from "#usecases/delivery/operate/calls.ts";
import { type CostPorts, costOfEdition } from "#usecases/delivery/operate/cost.ts";
import {
  acceptDoubles,
  type DeadLetterPorts,
  listDeadLetters,
  listDoubles,
  redriveDeadLetters,
} from "#usecases/delivery/operate/dead-letters.ts";
import { followEdition, type ProgressPorts } from "#usecases/delivery/operate/follow.ts";
import { pauseEdition, resumeEdition } from "#usecases/delivery/operate/pause-resume.ts";
import { type ResolvePorts, resolveDeliveries, retryDeliveries } from "#usecases/delivery/operate/resolve.ts";
import { type BoardPorts, showBoard } from "#usecases/editions/board.ts";
import { decide } from "#usecases/editions/decide/decide.ts";
import { type LogPorts, readLog } from "#usecases/editions/log.ts";
import { build } from "#usecases/editions/making/build.ts";
import { correctEdition } from "#usecases/editions/making/correct.ts";
import { draft } from "#usecases/editions/making/draft.ts";
import { type NotePorts, noteEdition } from "#usecases/editions/note-edition.ts";
import type { Ports as EditionsPorts } from "#usecases/editions/ports.ts";
import { type ResultsPorts, showResults } from "#usecases/editions/results.ts";
import { approveEdition, scheduleEdition, withdrawEdition } from "#usecases/editions/sending/approve.ts";
import { type PlanPorts, planEdition } from "#usecases/editions/sending/plan.ts";
import { cancelEdition, type SendPorts, sendEdition } from "#usecases/editions/sending/send.ts";
import { type TrialPorts, testEdition } from "#usecases/editions/sending/test-send.ts";
import { showCalendar } from "#usecases/editions/show-calendar.ts";
import { listEditions, showEdition } from "#usecases/editions/show-edition.ts";
import { lookUpPage, type PagePorts } from "#usecases/editions/workbench/look-up-page.ts";
import { showOrPreview } from "#usecases/editions/workbench/preview-edition.ts";
import { searchStories } from "#usecases/editions/workbench/search-stories.ts";
import { showStory } from "#usecases/editions/workbench/show-story.ts";
import { explainEdition } from "#usecases/editions/workbench/why.ts";
import { withWorkbench } from "#usecases/editions/workbench/with-workbench.ts";
import { showWorkbench } from "#usecases/editions/workbench/workbench.ts";
import type { WorthStore } from "#usecases/ports/editions.ts";
import {
  addSource,
  ingestNow,
  listSources,
  removeSource,
  renameSource,
  restoreSource,
  type SourcePorts,
} from "#usecases/sources/sources.ts";
import { type Command, command } from "./answer.ts";
import { commands } from "./contract.ts";

/** Ports of the commands about editions, their delivery and their sources. None of them reads subscribers. */
export type EditorialPorts = EditionsPorts &
  SendPorts &
  SourcePorts &
  LogPorts &
  PlanPorts &
  BoardPorts &
  ResolvePorts &
  ProgressPorts &
  TrialPorts &
  CostPorts &
  PagePorts &
  NotePorts &
  ResultsPorts &
  CallsPorts &
  DeadLetterPorts & { worth: Pick<WorthStore, "of"> };

/** The commands that the desk may give too, each with its use case. */
export const editorialTable = (ports: EditorialPorts) =>
  ({
    "source add": command(commands["source add"], (input) => addSource(ports, input)),
    "source list": command(commands["source list"], () => listSources(ports)),
    "source rename": command(commands["source rename"], (input) => renameSource(ports, input)),
    "source restore": command(commands["source restore"], (input) => restoreSource(ports, input)),
    "source remove": command(commands["source remove"], (input) => removeSource(ports, input)),
    ingest: command(commands.ingest, (input) => ingestNow(ports, input)),
    build: command(commands.build, ({ since, ...input }) => withWorkbench(ports, since, (once) => build(once, input))),
    draft: command(commands.draft, (input) => editionOutput(draft(ports, input))),
    decide: command(commands.decide, ({ since, ...input }) =>
      withWorkbench(ports, since, (once) => decide(once, input)),
    ),
    why: command(commands.why, (input) => explainEdition(ports, input)),
    story: command(commands.story, (input) => showStory(ports, input)),
    page: command(commands.page, (input) => lookUpPage(ports, input)),
    workbench: command(commands.workbench, (input) => showWorkbench(ports, input)),
    find: command(commands.find, (input) => searchStories(ports, input)),
    show: command(commands.show, ({ undrafted, ...input }) =>
      undrafted ? showOrPreview(ports, input) : showEdition(ports, input),
    ),
    check: command(commands.check, (input) => checkOutput(ports.check(input))),
    board: command(commands.board, () => showBoard(ports)),
    list: command(commands.list, (input) => listEditions(ports, input)),
    test: command(commands.test, (input) => testEdition(ports, input)),
    send: command(commands.send, (input) => sendEdition(ports, input)),
    approve: command(commands.approve, (input) => approveEdition(ports, input)),
    schedule: command(commands.schedule, (input) => scheduleEdition(ports, input)),
    withdraw: command(commands.withdraw, (input) => withdrawEdition(ports, input)),
    plan: command(commands.plan, (input) => planEdition(ports, input)),
    calendar: command(commands.calendar, async (input) => showCalendar(ports, input)),
    cost: command(commands.cost, (input) => costOfEdition(ports, input)),
    log: command(commands.log, (input) => readLog(ports, input)),
    cancel: command(commands.cancel, (input) => cancelEdition(ports, input)),
    follow: command(commands.follow, (input) => followEdition(ports, input)),
    pause: command(commands.pause, (input) => pauseEdition(ports, input)),
    resume: command(commands.resume, (input) => resumeEdition(ports, input)),
    resolve: command(commands.resolve, (input) => resolveDeliveries(ports, input)),
    calls: command(commands.calls, (input) => listUndecidedCalls(ports, input)),
    retry: command(commands.retry, (input) => retryDeliveries(ports, input)),
    correct: command(commands.correct, (input) => editionOutput(correctEdition(ports, input))),
    note: command(commands.note, (input) => noteEdition(ports, input)),
    results: command(commands.results, (input) => showResults(ports, input)),
    "dlq list": command(commands["dlq list"], (input) => listDeadLetters(ports, input)),
    "dlq redrive": command(commands["dlq redrive"], (input) => redriveDeadLetters(ports, input)),
    "double list": command(commands["double list"], () => listDoubles(ports)),
    "double accept": command(commands["double accept"], (input) => acceptDoubles(ports, input)),
  }) satisfies Record<string, Command>;

async function editionOutput(view: Promise<Outcome<EditionView>>): Promise<Outcome<{ edition: EditionView }>> {
  const made = await view;
  return made.ok ? done({ edition: made.value }) : made;
}

async function checkOutput(checked: Promise<Outcome<Check>>): Promise<Outcome<{ check: Check }>> {
  const made = await checked;
  return made.ok ? done({ check: made.value }) : made;
}
