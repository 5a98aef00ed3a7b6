import { describe, expect, test } from "vitest";
import { columnsOf, columnsOfFile } from "#domain/audience/import/columns.ts";

describe("a list's columns", () => {
  test("are the address, the status, what ends a subscription, and what proves consent, the strongest first", () => {
    const header = ["Email Address", "Status", "UNSUB_TIME", "CONFIRM_TIME", "OPTIN_TIME", "OPTIN_IP"];
    expect(columnsOf(header, "mailchimp")).toMatchObject({
      address: "emailaddress",
      status: ["status"],
      ended: [{ column: "unsubtime", as: "unsubscribed", if: "yes" }],
      evidence: ["confirmtime", "optintime", "optinip"],
    });
  });

  test("are those that the operator names, before all others", () => {
    const map = { email: "Post", status: "Zustand", time: "Beginn" };
    expect(columnsOf(["Post", "email", "Zustand", "status", "Beginn"], "csv", map)).toMatchObject({
      address: "post",
      status: ["zustand"],
      evidence: ["beginn"],
    });
  });

  test("are none where no column has addresses, or the named one isn't there", () => {
    expect(columnsOf(["name", "status"], "csv")).toBeUndefined();
    expect(columnsOf(["email"], "csv", { email: "Post" })).toBeUndefined();
  });

  test.each([
    ["kit", "first_name,email,state,created_at", ["state"]],
    ["kit", "first_name,email,created_at,state,city", []],
    ["csv", "email,state", ["state"]],
    ["csv", "email,state,zip", []],
    ["mailchimp", "Email Address,State,OPTIN_TIME", []],
    ["mailerlite", "Subscriber,State,Sent,Opens,Clicks", []],
    ["buttondown", "email_address,creation_date,type", ["type"]],
    ["substack", "email,type,stripe_plan", []],
  ])(
    "in a file of %s, %s: a state or type is a status only where it can't be a place or a plan",
    (format, header, status) => {
      expect(columnsOf(header.split(","), format)?.status).toEqual(status);
    },
  );

  test("are numbered in a file without a header; the one with an @ has the addresses", () => {
    const file = { header: null, first: ["Ann", "ann@example.com"] };
    expect(columnsOfFile(file, { map: {} })).toMatchObject({ format: "csv", columns: { address: "2" } });
    expect(columnsOfFile(file, { map: { email: "1" } })).toMatchObject({ columns: { address: "1" } });
  });
});
