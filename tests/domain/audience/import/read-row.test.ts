import { describe, expect, test } from "vitest";
import { columnsOf } from "#domain/audience/import/formats.ts";
import { readRow } from "#domain/audience/import/read-row.ts";

const read = (header: string, line: string) => {
  const columns = columnsOf(header.split(","));
  if (columns === undefined) throw new Error("the header has no address");
  return readRow(columns, { line: 2, cells: line.split(",") });
};

describe("the status of an imported reader", () => {
  test.each([
    ["email,status", "a@b.example,Subscribed", "active"],
    ["email,status", "a@b.example,", "active"],
    ["email,status", "a@b.example,Opted-Out", "unsubscribed"],
    ["email,status", "a@b.example,cleaned", "bounced"],
    ["email,status", "a@b.example,Spam", "complained"],
    ["email,status", "a@b.example,non-subscribed", "unconfirmed"],
    ["email,unsub_time", "a@b.example,2026-11-01", "unsubscribed"],
    ["email,unsub_time", "a@b.example,", "active"],
    ["email,clean_time", "a@b.example,2026-11-01", "bounced"],
    ["email,subscribed_to_emails", "a@b.example,false", "unsubscribed"],
    ["email,subscribed_to_emails", "a@b.example,true", "active"],
  ])("by %s, %s is %s", (header, line, status) => {
    expect(read(header, line)).toMatchObject({ status, statusText: null });
  });

  test("is the one that ends the subscription where a file says two things", () => {
    expect(read("email,status,unsub_time", "a@b.example,active,2026-11-01").status).toBe("unsubscribed");
    expect(read("email,status,unsub_time", "a@b.example,bounced,2026-11-01").status).toBe("bounced");
    expect(read("email,status,subscribed_to_emails", "a@b.example,active,no").status).toBe("unsubscribed");
  });

  test("that no one knows is kept in the file's words", () => {
    const text = `snoozed ${"x".repeat(100)}`;
    expect(read("email,status", `a@b.example,${text}`)).toMatchObject({
      status: "unknown",
      statusText: text.slice(0, 60),
    });
  });
});

describe("the address of an imported reader", () => {
  test.each([
    ["Ann Lee <ann@b.example>", "ann@b.example"],
    ["mailto:ann@b.example", "ann@b.example"],
    ["  ann@b.example ", "ann@b.example"],
    ["'+ann@b.example", "+ann@b.example"],
    ["'ann@b.example", "'ann@b.example"],
  ])("in %s is %s", (cell, address) => {
    expect(read("email", cell).address).toBe(address);
  });
});

test("what proves consent is kept with the names of its columns, and what is empty is left out", () => {
  const header = "email,optin_time,optin_ip";
  expect(read(header, "a@b.example,2026-11-01,192.0.2.1").evidence).toBe("optintime 2026-11-01, optinip 192.0.2.1");
  expect(read(header, "a@b.example,2026-11-01,").evidence).toBe("optintime 2026-11-01");
  expect(read(header, "a@b.example,,").evidence).toBeNull();
});
