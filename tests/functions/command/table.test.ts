import { beforeEach, describe, expect, test } from "vitest";
import { setting } from "../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;

beforeEach(() => {
  system = setting();
});

describe("a request", () => {
  test.each([
    [{ do: "fly" }, /"do" must be one of: .*send/],
    [null, /"do" must be one of/],
    ["send", /"do" must be one of/],
    [{ do: "send" }, /newsletter: /],
    [{ do: "show", newsletter: "daily", date: "yesterday" }, /date: not a calendar date such as 2026-11-23/],
    [{ do: "show", newsletter: "daily", date: "2026-02-30" }, /date: not a calendar date/],
    [{ do: "show", newsletter: "daily", dat: "2026-02-03" }, /dat/],
    [{ do: "decide", newsletter: "daily", decision: { do: "pin" } }, /story/],
  ])("%j is refused with a sentence", async (request, message) => {
    expect(await system.ask(request)).toMatchObject({
      fault: { code: "bad-request", message: expect.stringMatching(message) },
    });
  });

  test.each(["send", "show", "list", "build", "cancel", "subscriber list"])(
    "%s for an unknown newsletter names those there are",
    async (name) => {
      for (const newsletter of ["dayly", "__proto__"]) {
        expect(await system.ask({ do: name, newsletter })).toMatchObject({
          fault: { code: "unknown-newsletter", message: expect.stringContaining("Known: daily, weekly.") },
        });
      }
    },
  );

  test("may name its author even if the command doesn't record it", async () => {
    expect(await system.ask({ do: "list", newsletter: "daily", by: "ed" })).toMatchObject({ ok: true });
  });

  test("that breaks inside is answered without a stack, and logged with one", async () => {
    const ingest = () => Promise.reject(new Error("the table is away."));
    expect(await system.ask({ do: "ingest" }, { ingest })).toEqual({
      ok: false,
      fault: {
        code: "internal",
        message: "ingest failed: the table is away. The log of the command function has the details.",
      },
    });
    expect(system.logged).toHaveLength(1);
  });
});
