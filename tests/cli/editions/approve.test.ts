import { expect, test } from "vitest";
import { setting } from "../../testing/command-setting.ts";
import { ask, gives } from "../command-line.ts";

/** What `edition plan` says of an edition that is due in an hour and takes a minute by SES's rate. */
async function planned(due: object) {
  const answered = await setting().ask({ do: "plan", newsletter: "daily", date: "2026-11-24" }, {});
  if (!answered.ok) throw new Error(answered.fault.message);
  const at = new Date(Date.now() + 3_600_000).toISOString();
  const plan = { ...(answered.value as object), seconds: 60, due: { at, latest: null, note: null, ...due } };
  return (await ask(gives(plan), ["edition", "plan", "daily", "--date", "2026-11-24"])).out;
}

test("an edition for all at once has its duration, and one in local time hasn't, because it takes a day", async () => {
  expect(await planned({})).toMatch(/about 0 readers, 60 s, \$0.00 to SES/);
  expect(await planned({ localTime: "07:00" })).toMatch(/about 0 readers, \$0.00 to SES/);
});
