import { describe, expect, test } from "vitest";
import { newEdition } from "#domain/edition/states.ts";
import { noContent } from "#domain/edition/views/view.ts";
import { gather } from "#usecases/editions/making/gather.ts";
import { system } from "../../../testing/editions/editions-system.ts";

const now = "2026-11-24T06:00:00.000Z";

describe("what counts as an earlier edition", () => {
  const past = async (editions: [date: string, frozenAt: string | null][]) => {
    const news = system([]);
    for (const [date, frozenAt] of editions) {
      const edition = newEdition({ newsletter: "daily", date, now: "2026-11-01T00:00:00.000Z", rev: 1, cutoff: now });
      await news.editions.create({ ...edition, state: frozenAt === null ? "draft" : "finished", frozenAt });
      const content = { ...noContent(edition), date };
      await news.editions.putRevision(edition, {
        rev: 1,
        at: now,
        content,
        email: { subject: "", html: "", text: "" },
      });
    }
    const config = Object.values(news.ports.config.newsletters)[0];
    if (config === undefined) throw new Error("the config has no newsletter");
    const gathered = await gather(news.ports, { newsletter: "daily", date: "2026-11-24" }, config, now);
    return gathered.past.map(({ date }) => date);
  };

  test("is when it was sent, not its date", async () => {
    const sent = [
      ["2020-01-01", "2026-11-23T12:00:00.000Z"],
      ["2026-11-23", "2026-11-23T07:00:00.000Z"],
      ["2026-11-25", "2026-11-23T20:00:00.000Z"],
    ] as [string, string][];
    expect(await past(sent)).toEqual(["2026-11-25", "2020-01-01", "2026-11-23"]);
  });

  test("leaves out what was never sent, or only after the cut-off", async () => {
    expect(
      await past([
        ["2026-11-22", null],
        ["2026-11-23", "2026-11-24T07:00:00.000Z"],
      ]),
    ).toEqual([]);
  });
});
