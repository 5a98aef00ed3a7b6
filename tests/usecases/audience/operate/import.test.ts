import { beforeEach, describe, expect, test } from "vitest";
import { leave } from "#domain/audience/consent/consent.ts";
import type { Subscriber, SubscriberStatus } from "#domain/audience/subscriber.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { type ImportRequest, importRows } from "#usecases/audience/operate/import.ts";
import { eraseSubscriber, exportSubscribers, showConsentHistory } from "#usecases/audience/operate/list.ts";
import { setting } from "../../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;
beforeEach(() => {
  system = setting();
});

const lines = (rows: readonly (readonly string[])[]) => rows.map((cells, at) => ({ line: at + 2, cells: [...cells] }));
const request = (
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
  more: Partial<ImportRequest> = {},
): ImportRequest => ({
  ...{ newsletter: "daily", header, rows: lines(rows), file: "list.csv", map: {}, ask: false, dryRun: false, by: "ed" },
  ...more,
});
const run = async (...of: Parameters<typeof request>) => {
  const done = await importRows(system, request(...of));
  if (!done.ok) throw new Error(done.fault.message);
  return done.value;
};
const outcomes = async (...of: Parameters<typeof request>) => (await run(...of)).rows.map(({ outcome }) => outcome);
const idOf = async (address: string) => subscriberId(await system.keys(), "daily", address);
const get = async (address: string) => system.subscribers.get("daily", await idOf(address));
const put = async (address: string, status: SubscriberStatus) => {
  const at = "2026-01-01T00:00:00.000Z";
  const after: Subscriber = {
    ...{ id: await idOf(address), newsletter: "daily", address, status, consent: "by hand" },
    ...{ addedAt: at, changedAt: at, origin: null, movedTo: null, movedAt: null },
  };
  await system.subscribers.write("daily", [{ before: undefined, after }]);
};

describe("formats", () => {
  const active = "active@example.com";
  const gone = "gone@example.com";
  const formats: [name: string, header: string[], active: string[], gone: string[]][] = [
    [
      "mailchimp",
      ["Email Address", "First Name", "OPTIN_TIME", "CONFIRM_TIME", "CONFIRM_IP", "UNSUB_TIME", "LEID", "EUID"],
      [active, "Ann", "2024-01-02 10:00:00", "2024-01-02 10:05:00", "192.0.2.7", "", "1", "a"],
      [gone, "Bob", "2024-01-02 10:00:00", "2024-01-02 10:05:00", "192.0.2.7", "2025-02-03 08:00:00", "2", "b"],
    ],
    [
      "mailchimp",
      ["Email Address", "LEID", "EUID", "CLEAN_TIME"],
      [active, "1", "a", ""],
      [gone, "2", "b", "2025-02-03 08:00:00"],
    ],
    [
      "listmonk",
      ["uuid", "email", "name", "attributes", "status", "created_at", "updated_at"],
      ["u1", active, "Ann", "{}", "enabled", "2024-01-02T10:00:00Z", ""],
      ["u2", gone, "Bob", "{}", "blocklisted", "2024-01-02T10:00:00Z", ""],
    ],
    [
      "ghost",
      [
        "id",
        "email",
        "name",
        "note",
        "subscribed_to_emails",
        "complimentary_plan",
        "created_at",
        "deleted_at",
        "labels",
      ],
      ["1", active, "Ann", "", "true", "false", "2024-01-02T10:00:00Z", "", ""],
      ["2", gone, "Bob", "", "false", "false", "2024-01-02T10:00:00Z", "", ""],
    ],
    [
      "substack",
      ["email", "active_subscription", "expiry", "plan", "email_disabled", "created_at", "first_payment_at"],
      [active, "false", "", "other", "false", "2024-01-02T10:00:00Z", ""],
      [gone, "true", "", "other", "true", "2024-01-02T10:00:00Z", ""],
    ],
    [
      "buttondown",
      ["email_address", "notes", "tags", "subscriber_type", "creation_date"],
      [active, "", "", "regular", "2024-01-02T10:00:00Z"],
      [gone, "", "", "unsubscribed", "2024-01-02T10:00:00Z"],
    ],
    [
      "beehiiv",
      ["id", "email", "status", "subscription_tier", "created_at"],
      ["1", active, "active", "free", "2024-01-02T10:00:00Z"],
      ["2", gone, "inactive", "free", "2024-01-02T10:00:00Z"],
    ],
    [
      "kit",
      ["id", "first_name", "email", "state", "created_at"],
      ["1", "Ann", active, "active", "2024-01-02T10:00:00Z"],
      ["2", "Bob", gone, "complained", "2024-01-02T10:00:00Z"],
    ],
    [
      "mailerlite",
      ["Email", "Sent", "Opens", "Clicks", "Status", "Subscribed"],
      [active, "9", "4", "1", "active", "2024-01-02 10:00:00"],
      [gone, "9", "4", "1", "bounced", "2024-01-02 10:00:00"],
    ],
    ["csv", ["Mail", "Joined"], [active, "2024"], ["bad address", "2024"]],
  ];

  test.each(formats)(
    "%s is known by its columns, and who left there is not mailed here",
    async (name, header, a, b) => {
      const { format, rows } = await run(header, [a, b]);
      expect(format).toBe(name);
      expect(rows.map(({ outcome }) => outcome)).toEqual(["new", name === "csv" ? "refused" : "leftAlone"]);
      expect((await get(active))?.status).toBe("active");
      expect(await get(gone)).toBeUndefined();
    },
  );

  test("any other file has its columns named", async () => {
    const unknown = await importRows(system, request(["Wer", "Kontakt"], [["Ann", active]]));
    expect(unknown).toMatchObject({ ok: false, fault: { message: expect.stringContaining('"Wer", "Kontakt"') } });
    expect(await outcomes(["Wer", "Kontakt"], [["Ann", active]], { map: { email: "kontakt" } })).toEqual(["new"]);
  });

  test("a format that isn't known is refused with the names of all", async () => {
    const unknown = await importRows(system, request(["email"], [[active]], { format: "mailchip" }));
    expect(unknown).toMatchObject({
      ok: false,
      fault: { message: expect.stringMatching(/"mailchip".*mailchimp.*csv/) },
    });
  });

  test("columns are named without their control characters, which a terminal would obey", async () => {
    const unknown = await importRows(system, request(["\u001b[2J"], [["x"]]));
    expect(unknown).toMatchObject({ ok: false, fault: { message: expect.not.stringContaining("\u001b") } });
  });

  test("a file without a header is taken for addresses, wherever its column is", async () => {
    expect(
      await outcomes(null, [
        ["1", active],
        ["2", "b@example.com"],
      ]),
    ).toEqual(["new", "new"]);
  });

  test("Name <address>, mailto: and Excel's guard are taken off", async () => {
    await run(["email"], [["Ann Lee <ann@example.com>"], ["mailto:bob@example.com"], ["'+cat@example.com"]]);
    for (const address of ["ann@example.com", "bob@example.com", "+cat@example.com"])
      expect((await get(address))?.status).toBe("active");
  });

  test("a status that no one knows mails no one", async () => {
    const { rows } = await run(["email", "status"], [["ann@example.com", "sleeping"]]);
    expect(rows).toMatchObject([{ outcome: "leftAlone", reason: 'its status "sleeping" isn\'t known here' }]);
  });
});

describe("consent is monotonic", () => {
  test.each<SubscriberStatus>(["left", "removed", "moved", "bounced", "complained", "pending"])(
    "a reader a reader a reader a reader who is %s here stays so, and the reason is given",
    async (status) => {
      await put("ann@example.com", status);
      for (const ask of [false, status !== "pending"]) {
        const { rows } = await run(["email", "status"], [["ann@example.com", "active"]], { ask });
        expect(rows).toMatchObject([{ outcome: "leftAlone", reason: expect.stringMatching(/here/) }]);
      }
      expect((await get("ann@example.com"))?.status).toBe(status);
    },
  );

  test("readers who never confirmed are asked with --ask, and otherwise not changed", async () => {
    const rows = [["ann@example.com", "unconfirmed"]];
    expect(await outcomes(["email", "status"], rows)).toEqual(["leftAlone"]);
    expect(await outcomes(["email", "status"], rows, { ask: true, dryRun: true })).toEqual(["asked"]);
    expect(system.readerRequests).toEqual([]);
    expect(await outcomes(["email", "status"], rows, { ask: true })).toEqual(["asked"]);
    expect(system.readerRequests).toMatchObject([
      { do: "subscribe", address: "ann@example.com", source: "csv: list.csv" },
    ]);
    expect(await get("ann@example.com")).toBeUndefined();
  });

  test("an erased reader does not come back", async () => {
    await put("ann@example.com", "active");
    await eraseSubscriber(system, { newsletter: "daily", address: "Ann@example.com", by: "ed" });
    await eraseSubscriber(system, { newsletter: "daily", address: "never@example.com", by: "ed" });
    const { rows } = await run(["email"], [["ann@example.com"], ["never@example.com"]]);
    expect(rows.map(({ outcome }) => outcome)).toEqual(["leftAlone", "leftAlone"]);
    expect(await get("ann@example.com")).toBeUndefined();
  });

  test("of two lines about one reader, the one that ends the subscription holds", async () => {
    const rows = [
      ["ann@example.com", "active"],
      ["ANN@example.com", "unsubscribed"],
    ];
    expect(await outcomes(["email", "status"], rows)).toEqual(["leftAlone", "unchanged"]);
    expect(await get("ann@example.com")).toBeUndefined();
  });

  test("source, time and evidence of consent are kept", async () => {
    await run(["Email Address", "OPTIN_TIME", "CONFIRM_IP"], [["ann@example.com", "2024-01-02 10:00:00", "192.0.2.7"]]);
    const history = await showConsentHistory(system, { newsletter: "daily", address: "ann@example.com" });
    expect(history).toMatchObject({
      value: {
        events: [
          {
            did: "imported",
            by: "ed",
            source: "mailchimp: list.csv",
            evidence: "confirmip 192.0.2.7, optintime 2024-01-02 10:00:00",
          },
        ],
      },
    });
  });
});

test("a dry run says what the import then does, and writes nothing", async () => {
  await put("left@example.com", "left");
  const header = ["email", "status"];
  const rows = [
    ["new@example.com", "active"],
    ["left@example.com", "active"],
    ["bad", "active"],
    ["new@example.com", "active"],
    ["pending@example.com", "pending"],
  ];
  const dry = await run(header, rows, { dryRun: true });
  expect(await get("new@example.com")).toBeUndefined();
  expect(await run(header, rows)).toEqual(dry);
  expect(dry.rows.map(({ outcome }) => outcome)).toEqual(["new", "leftAlone", "refused", "unchanged", "leftAlone"]);
  expect(await outcomes(header, rows)).toEqual(["unchanged", "leftAlone", "refused", "unchanged", "leftAlone"]);
});

const exportAll = async () => {
  const exported = await exportSubscribers(system, { newsletter: "daily", limit: 100 });
  if (!exported.ok) throw new Error("exported");
  return exported.value;
};
const exportHeader = "address status consent addedAt changedAt zone language pausedUntil history".split(" ");
const exportedRow = ({ history, ...one }: Awaited<ReturnType<typeof exportAll>>["subscribers"][number]) => [
  ...Object.values(one).map((value) => value ?? ""),
  JSON.stringify(history),
];

test("an export has every status, and importing it changes nothing", async () => {
  for (const status of ["active", "left", "removed", "bounced", "complained", "pending", "moved"] as const)
    await put(`${status}@example.com`, status);
  await put("+plus@example.com", "active");
  const { subscribers, next } = await exportAll();
  expect([subscribers.length, next]).toEqual([8, null]);
  const before = await Promise.all(subscribers.map(({ address }) => get(address)));
  const { format, rows: all } = await run(exportHeader, subscribers.map(exportedRow));
  expect(format).toBe("broadsheet");
  expect(new Set(all.map(({ outcome }) => outcome))).toEqual(new Set(["unchanged", "leftAlone"]));
  expect(await Promise.all(subscribers.map(({ address }) => get(address)))).toEqual(before);
  expect((await exportAll()).subscribers).toEqual(subscribers);
});

test("an export has the readers' choices and their evidence, and another deployment takes both over", async () => {
  const header = ["Email Address", "OPTIN_TIME", "CONFIRM_TIME"];
  await run(header, [["ann@example.com", "2024-01-02 10:00:00", ""]]);
  const before = await get("ann@example.com");
  if (before === undefined) throw new Error("imported");
  const choices = { zone: "Asia/Tokyo", language: "pt-BR", pausedUntil: "2026-12-24" };
  await system.subscribers.write("daily", [{ before, after: { ...before, ...choices, changedAt: system.now() } }]);
  const { subscribers } = await exportAll();
  expect(subscribers).toMatchObject([
    { ...choices, history: [{ did: "imported", evidence: "optintime 2024-01-02 10:00:00" }] },
  ]);
  system = setting();
  await run(exportHeader, subscribers.map(exportedRow));
  expect(await get("ann@example.com")).toMatchObject({ status: "active", ...choices });
  const [there] = (await exportAll()).subscribers;
  expect(there?.history[0]?.evidence).toContain(`consent ${before.consent}`);
});

test.each([
  ["zone", "Europe/Atlantis"],
  ["language", "xx"],
  ["pausedUntil", "2026-02-30"],
])("a %s that isn't valid, %s, is left out", async (column, value) => {
  const row = ["ann@example.com", "active", "by hand", "2026-01-01", "2026-01-01"];
  await run(["address", "status", "consent", "addedAt", "changedAt", column], [[...row, value]]);
  const reader = await get("ann@example.com");
  expect(reader?.status).toBe("active");
  expect(reader).not.toHaveProperty(column);
});

test("erasing deletes the subscription and its history", async () => {
  await put("ann@example.com", "active");
  const before = await get("ann@example.com");
  if (before) await system.subscribers.write("daily", [{ before, after: leave(before, system.now()) ?? before }]);
  const one = { newsletter: "daily", address: "ann@example.com" };
  expect(await eraseSubscriber(system, { ...one, by: "ed" })).toMatchObject({ value: { erased: true } });
  expect(await eraseSubscriber(system, { ...one, by: "ed" })).toMatchObject({ value: { erased: false } });
  expect(await showConsentHistory(system, one)).toMatchObject({ value: { events: [], erased: true } });
});
