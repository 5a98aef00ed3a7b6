import type { EditionView } from "#domain/edition/edition.ts";
import type { Check } from "#domain/edition/preflight/finding.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { decide } from "#usecases/editions/decide/decide.ts";
import { build } from "#usecases/editions/making/build.ts";
import { correctEdition } from "#usecases/editions/making/correct.ts";
import { draft } from "#usecases/editions/making/draft.ts";
import type { Ports as EditionsPorts } from "#usecases/editions/ports.ts";
import type { PlanPorts } from "#usecases/editions/sending/plan.ts";
import type { SendPorts } from "#usecases/editions/sending/send.ts";
import { showEdition } from "#usecases/editions/showing/show-edition.ts";
import { showOrPreview } from "#usecases/editions/workbench/preview-edition.ts";
import { searchStories } from "#usecases/editions/workbench/search-stories.ts";
import { showStory } from "#usecases/editions/workbench/show-story.ts";
import { explainEdition } from "#usecases/editions/workbench/why.ts";
import { withWorkbench } from "#usecases/editions/workbench/with-workbench.ts";
import { showWorkbench } from "#usecases/editions/workbench/workbench.ts";
import type { WorthStore } from "#usecases/ports/editions.ts";
import { command } from "../answer.ts";
import { editionCommands } from "../commands/editions.ts";
import { sendingCommands } from "../commands/sending.ts";

export type MakingPorts = EditionsPorts & SendPorts & PlanPorts & { worth: Pick<WorthStore, "of"> };

/** Commands that make, check and show an edition. */
export const makingTable = (ports: MakingPorts) => ({
  build: command(editionCommands.build, ({ since, ...input }) =>
    withWorkbench(ports, since, (once) => build(once, input)),
  ),
  draft: command(editionCommands.draft, (input) => editionOutput(draft(ports, input))),
  decide: command(editionCommands.decide, ({ since, ...input }) =>
    withWorkbench(ports, since, (once) => decide(once, input)),
  ),
  why: command(editionCommands.why, (input) => explainEdition(ports, input)),
  story: command(editionCommands.story, (input) => showStory(ports, input)),
  workbench: command(editionCommands.workbench, (input) => showWorkbench(ports, input)),
  find: command(editionCommands.find, (input) => searchStories(ports, input)),
  show: command(editionCommands.show, ({ undrafted, ...input }) =>
    undrafted ? showOrPreview(ports, input) : showEdition(ports, input),
  ),
  check: command(editionCommands.check, (input) => checkOutput(ports.check(input))),
  correct: command(sendingCommands.correct, (input) => editionOutput(correctEdition(ports, input))),
});

async function editionOutput(view: Promise<Outcome<EditionView>>): Promise<Outcome<{ edition: EditionView }>> {
  const made = await view;
  return made.ok ? done({ edition: made.value }) : made;
}

async function checkOutput(checked: Promise<Outcome<Check>>): Promise<Outcome<{ check: Check }>> {
  const made = await checked;
  return made.ok ? done({ check: made.value }) : made;
}
