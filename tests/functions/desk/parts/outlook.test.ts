import { describe, expect, test } from "vitest";
import type { EditionState } from "#domain/edition/edition.ts";
import { type EditionOutlook, textBesideState } from "#domain/edition/timing/outlook.ts";
import type { CommandOutput } from "#functions/command/contract.ts";
import { boardBody } from "#functions/desk/office/board.ts";
import { outline } from "#functions/desk/views/edition/edition-head.ts";
import { setting } from "../../../testing/command-setting.ts";
import { value } from "../../../testing/editions/editions-system.ts";

const date = "2026-11-24";
const of = { newsletter: "daily", date };

const states: (EditionState | null)[] = [
  ...([null, "draft", "approved", "freezing", "sending", "paused", "finished", "skipped", "held", "halted"] as const),
  "cancelled",
];

/** The setting's clock and calendar, moved until the edition is due ahead or its window has passed. */
const moments = {
  ahead: "2026-11-23T20:00:00.000Z",
  due: "2026-11-23T23:30:00.000Z",
  late: "2026-11-25T00:00:00.000Z",
};

/** What each place says: the commands behind plan, show, the edition page, home and the calendar. */
async function everywhere(system: ReturnType<typeof setting>, state: EditionState | null, now: string) {
  const ask = async <T>(request: object) => value(await system.ask(request, { now: () => now })) as T;
  const { workbench } = await ask<CommandOutput<"workbench">>({ do: "workbench", ...of });
  const board = await ask<CommandOutput<"board">>({ do: "board" });
  const [home] = board.newsletters;
  const days = [...(home?.next.map(({ edition }) => edition) ?? []), ...(home?.past ?? [])];
  const calendar = await ask<CommandOutput<"calendar">>({ do: "calendar", newsletter: "daily", from: date, days: 1 });
  const outlooks: (EditionOutlook | null | undefined)[] = [
    (await ask<CommandOutput<"plan">>({ do: "plan", ...of })).outlook,
    (await ask<CommandOutput<"show">>({ do: "show", ...of, undrafted: true })).outlook,
    workbench?.outlook,
    days.find((day) => day.date === date)?.outlook,
  ];
  return { outlooks, calendar: calendar.days[0]?.outlook, workbench, board, state };
}

/** The page's words, without what the desk alone adds to a time: its UTC, and how long until then. */
const textOf = (page: { markup: string }) =>
  page.markup
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&#39;", "'")
    .replaceAll(/ \(\d\d:\d\d UTC, [^()]+\)/g, "");

describe("every place says one thing about an edition", () => {
  test.each(
    states.flatMap((state) => Object.entries(moments).map(([moment, now]) => [state ?? "none", moment, now] as const)),
  )("%s, %s", async (name, _, now) => {
    const state = states.find((one) => one === name) ?? null;
    const system = setting();
    if (state !== null) await system.put(date, state);
    if (state === "approved") {
      const times = { dueAt: "2026-11-23T22:00:00.000Z", latest: "2026-11-24T01:00:00.000Z", approvedAt: now };
      await system.editions.update(of, times);
    }
    const { outlooks, calendar, workbench, board } = await everywhere(system, state, now);
    const [first] = outlooks;
    expect(outlooks).toEqual(outlooks.map(() => first));
    expect(calendar).toMatchObject({ kind: first?.kind, at: first?.at });
    if (workbench) {
      const seen = {
        bench: workbench,
        newsletter: { name: "daily", title: "Daily", language: "en" },
        date,
        mayEdit: true,
      };
      const shown = outline({ ...seen, person: { id: "", name: "", role: "viewer" }, token: "", path: "" });
      expect(textOf(shown)).toContain(first?.text);
    }
    if (board.newsletters[0]?.next.some(({ plan }) => plan.date === date)) {
      const seen = textOf(boardBody(board, now));
      expect(first && [first.text, textBesideState(first)].some((text) => seen.includes(text))).toBe(true);
    }
  });
});
