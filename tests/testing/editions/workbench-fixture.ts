import { EditionView } from "#domain/edition/edition.ts";
import type { Workbench } from "#domain/edition/views/workbench.ts";
import { edition } from "../../cli/command-line.ts";

const other = {
  storyId: "abcdef0123456789abcdef01",
  url: null,
  source: "The News",
  sources: 1,
  reasons: [],
  section: null,
  picture: null,
  ran: null,
};
/** Everything that an editor sees of an edition, as `command` answers. */
export const bench: Workbench = {
  edition: EditionView.parse(edition()),
  drafted: true,
  fromFile: false,
  now: "2026-11-23T07:00:00.000Z",
  cutoff: null,
  mode: "auto",
  timeZone: "Europe/London",
  language: "en",
  title: "Daily",
  summaries: 3,
  outlook: { kind: "sent", at: null, latest: null, needsPerson: false, isUrgent: false, text: "Sent." },
  isCorrectable: false,
  pending: null,
  own: { subject: null, preheader: null },
  rows: [],
  removed: [
    {
      ...other,
      title: "Gone",
      score: 1,
      at: "2026-11-23T06:00:00.000Z",
      by: "bo",
      removedAt: "2026-11-23T06:30:00.000Z",
    },
  ],
  candidates: [
    { ...other, title: "Next", score: 4.5, at: "2026-11-23T06:00:00.000Z", ran: { date: "2026-11-20", place: 3 } },
  ],
  log: [
    {
      n: 2,
      first: 2,
      at: "2026-11-23T06:30:00.000Z",
      by: "bo",
      do: "remove",
      text: "removed “Gone”, headline 3",
      before: "3",
      after: null,
      stands: false,
    },
    {
      n: 1,
      first: 1,
      at: "2026-11-23T06:00:00.000Z",
      by: "ana",
      do: "build",
      text: "drafted it",
      before: null,
      after: null,
      stands: true,
    },
  ],
  decisions: 3,
  undo: { n: 2, by: "bo", text: "removed “Gone”" },
  redo: null,
  approval: { n: 5, by: "ana", at: "2026-11-23T06:00:00.000Z", holds: true },
  again: 0,
  previous: null,
  since: {
    n: 5,
    changes: { added: [{ title: "New", at: 0 }], removed: [], moved: [{ title: "Up", from: 7, at: 2 }], edited: [] },
  },
};
