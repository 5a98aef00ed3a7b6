import type { Mutant } from "../mutant.ts";

/** Guards against people's slips, and what they are shown before they decide, taken away one at a time. */
export const slipMutants: readonly Mutant[] = [
  {
    mistake: "the plan of a held edition counts readers who have it already",
    file: "usecases/editions/sending/plan.ts",
    find: '["sending", "paused", "held", "halted"]',
    replace: '["sending", "paused", "halted"]',
    tests: ["tests/usecases/editions/sending/plan.test.ts"],
  },
  {
    mistake: "a dry run of subscriber restore brings readers back",
    file: "usecases/audience/operate/restore.ts",
    find: "request.dryRun || (await mailAgain",
    replace: "(await mailAgain",
    tests: ["tests/usecases/audience/operate/restore.test.ts"],
  },
  {
    mistake: "the desk asks for decisions on deliveries that events prove",
    file: "functions/desk/office/sending/calls.ts",
    find: "Math.min(undecided, readers - seen)",
    replace: "undecided",
    tests: ["tests/functions/desk/routes/sending.test.ts"],
  },
  {
    mistake: "the question before correcting shows no difference",
    file: "functions/desk/office/sending/question.ts",
    find: ": changeList(pending.changes)}`",
    replace: ": html``}`",
    tests: ["tests/functions/desk/routes/sending.test.ts"],
  },
  {
    mistake: "any number of senders run at once",
    file: "infra/functions/send.ts",
    find: "new SqsEventSource(queue, { batchSize, maxConcurrency })",
    replace: "new SqsEventSource(queue, { batchSize })",
    tests: ["tests/infra/stack.test.ts"],
  },
  {
    mistake: "all sources are polled at once",
    file: "usecases/articles/poll.ts",
    find: "inParallel(chosen, CONCURRENCY,",
    replace: "inParallel(chosen, Math.max(1, chosen.length),",
    tests: ["tests/usecases/articles/poll.test.ts"],
  },
  {
    mistake: "a sent edition is asked about as if it could be sent",
    file: "functions/desk/office/sending/sending.ts",
    find: "out.question !== null && isOffered[out.question](out)",
    replace: "out.question !== null",
    tests: ["tests/functions/desk/routes/sending.test.ts"],
  },
  {
    mistake: "what was due while a table was restored goes out once more",
    file: "usecases/delivery/operate/accept-restore.ts",
    find: "  await holdDue(ports);\n",
    replace: "",
    tests: ["tests/usecases/delivery/operate/accept-restore.test.ts"],
  },
  {
    mistake: "one page tells two readings of the counts",
    file: "functions/desk/routes/sending.ts",
    find: "plan.value.counts ?? shown.value.edition.counts",
    replace: "shown.value.edition.counts",
    tests: ["tests/functions/desk/routes/sending.test.ts"],
  },
  {
    mistake: "an edition that is cancelled while it is frozen is on the web",
    file: "usecases/editions/publishing/publish.ts",
    find: "  if (await isWithdrawn(ports, key)) await unpublishEdition(ports, key);\n",
    replace: "",
    tests: ["tests/usecases/editions/publishing/publish-races.test.ts"],
  },
  {
    mistake: "drafts of later dates hide what was sent",
    file: "usecases/editions/newest-editions.ts",
    find: "return later.length === 0 ? newest : [",
    replace: "return later.length >= 0 ? newest : [",
    tests: ["tests/usecases/editions/newest-editions.test.ts"],
  },
];
