import { describe, expect, test } from "vitest";
import { columnsOfFile } from "#domain/audience/import/columns.ts";
import type { ListLine } from "#domain/audience/import/import-row.ts";
import { readRow } from "#domain/audience/import/read-row.ts";

const read = (header: string, line: string, endedOn?: ListLine["endedOn"]) => {
  const found = columnsOfFile({ header: header.split(","), first: [] }, { map: {} });
  if (found === undefined) throw new Error("the header has no address");
  return readRow(found.columns, { line: 2, cells: line.split(","), endedOn });
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
    ["email,subscribed_to_emails", "a@b.example,", "unsubscribed"],
    ["email,subscribed", "a@b.example,No", "unsubscribed"],
    ["email,subscribed", "a@b.example,2026-11-01", "active"],
    ["email,subscribed", "a@b.example,", "active"],
    ["email,opt-in", "a@b.example,false", "unsubscribed"],
    ["email,accepts_marketing", "a@b.example,no", "unsubscribed"],
    ["email,confirmed", "a@b.example,0", "unconfirmed"],
    ["email,complained", "a@b.example,yes", "complained"],
    ["email,unsubscription_date", "a@b.example,2026-11-01", "unsubscribed"],
    ["email,unsubscribed", "a@b.example,n", "active"],
    ["email,unsubscribed", "a@b.example,N/A", "active"],
    ["email,unsubscribed", "a@b.example,0000-00-00 00:00:00", "active"],
    ["email,unsubscribed_at", "a@b.example,\\N", "active"],
    ["email_address,creation_date,type", "a@b.example,2026-11-01,unsubscribed", "unsubscribed"],
    ["email_address,creation_date,type", "a@b.example,2026-11-01,undeliverable", "bounced"],
    ["email_address,creation_date,type", "a@b.example,2026-11-01,churned", "unknown"],
    ["Email Address,OPTIN_TIME,CONFIRM_TIME", "a@b.example,,2026-11-01", "active"],
    ["Email Address,OPTIN_TIME,CONFIRM_TIME", "a@b.example,,", "unconfirmed"],
    ["Email Address,OPTIN_TIME", "a@b.example,", "active"],
    ["E-Mail-Adresse,Status", "a@b.example,Abonniert", "active"],
    ["E-Mail-Adresse,Status", "a@b.example,ABGEMELDET", "unsubscribed"],
    ["Adresse e-mail,Statut,Status", "a@b.example,,Désinscrit", "unsubscribed"],
    ["email,status", "a@b.example,غير مشترك", "unsubscribed"],
    ["email,status", "a@b.example,לא פעיל", "unsubscribed"],
    ["email,status,status", "a@b.example,active,unsubscribed", "unsubscribed"],
    ["email,status,subscription_status", "a@b.example,enabled,unsubscribed", "unsubscribed"],
  ])("by %s, %s is %s", (header, line, status) => {
    expect(read(header, line).status).toBe(status);
  });

  test("is the one that ends the subscription if a file has two", () => {
    expect(read("email,status,unsub_time", "a@b.example,active,2026-11-01").status).toBe("unsubscribed");
    expect(read("email,status,unsub_time", "a@b.example,bounced,2026-11-01").status).toBe("bounced");
    expect(read("email,status,subscribed_to_emails", "a@b.example,active,no").status).toBe("unsubscribed");
  });

  test("that is unknown is kept in the file's words", () => {
    const text = `snoozed ${"x".repeat(100)}`;
    expect(read("email,status", `a@b.example,${text}`)).toMatchObject({
      status: "unknown",
      statusText: text.slice(0, 60),
    });
  });
});

test("another line about the same reader ends a subscription, and doesn't begin one", () => {
  const endedOn = { line: 900, status: "bounced", statusText: null } as const;
  expect(read("email,status", "a@b.example,active", endedOn)).toMatchObject({ status: "bounced", endedOn: 900 });
  expect(read("email,status", "a@b.example,spam", endedOn)).toMatchObject({ status: "complained", endedOn: null });
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

test("an address is in the first column of its name that isn't empty", () => {
  expect(read("email,name,email", ",Ann,ann@b.example").address).toBe("ann@b.example");
});

test("what proves consent is kept with the names of its columns, and what is empty is left out", () => {
  const header = "email,optin_time,optin_ip";
  expect(read(header, "a@b.example,2026-11-01,192.0.2.1").evidence).toBe("optintime 2026-11-01, optinip 192.0.2.1");
  expect(read(header, "a@b.example,2026-11-01,").evidence).toBe("optintime 2026-11-01");
  expect(read(header, "a@b.example,,").evidence).toBeNull();
});

describe("a choice in our own exports", () => {
  const header = "address,status,consent,addedAt,changedAt,zone,language,pausedUntil,history";
  const choices = (zone: string) => read(header, `a@b.example,active,vouched,,,${zone},de,2026-12-24,[]`).preferences;
  const others = { language: "de", pausedUntil: "2026-12-24" };

  test.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["US/Pacific", "America/Los_Angeles"],
    ["UTC", "UTC"],
  ])("of the zone %s is kept as %s", (zone, kept) => {
    expect(choices(zone)).toEqual({ zone: kept, ...others });
  });

  test.each(["GMT+3", "+00:07", "Mars/Olympus", ""])("of the zone %j, which doesn't exist, is left out", (zone) => {
    expect(choices(zone)).toEqual(others);
  });
});
