import { describe, expect, test } from "vitest";
import { columnsOf, recogniseFormat } from "#domain/audience/import/formats.ts";

describe("a list's format", () => {
  test.each([
    ["Email Address,First Name,OPTIN_TIME,OPTIN_IP", "mailchimp"],
    ["uuid,email,name,attributes,status", "listmonk"],
    ["id,email,subscribed_to_emails", "ghost"],
    ["Email,Type,Stripe plan", "substack"],
    ["email,status,subscription_tier", "beehiiv"],
    ["email,first_name,state,created_at", "kit"],
    ["Subscriber,Sent,Opens,Clicks", "mailerlite"],
    ["address,status,consent,addedAt,changedAt", "broadsheet"],
    ["mail,name", "csv"],
  ])("%s is %s, whatever the case and the spaces", (header, format) => {
    expect(recogniseFormat(header.split(","))).toBe(format);
  });
});

describe("a list's columns", () => {
  test("are the address, the status, what ends a subscription, and what proves consent, the strongest first", () => {
    const header = ["Email Address", "Status", "UNSUB_TIME", "CONFIRM_TIME", "OPTIN_TIME", "OPTIN_IP"];
    expect(columnsOf(header)).toMatchObject({
      address: "emailaddress",
      status: "status",
      ended: [{ column: "unsubtime", as: "unsubscribed" }],
      subscribed: undefined,
      evidence: ["confirmtime", "optintime", "optinip"],
    });
  });

  test("are those that the operator names, before all others", () => {
    const map = { email: "Post", status: "Zustand", time: "Beginn" };
    expect(columnsOf(["Post", "email", "Zustand", "status", "Beginn"], map)).toMatchObject({
      address: "post",
      status: "zustand",
      evidence: ["beginn"],
    });
  });

  test("are none where no column has addresses, or the named one isn't there", () => {
    expect(columnsOf(["name", "status"])).toBeUndefined();
    expect(columnsOf(["email"], { email: "Post" })).toBeUndefined();
  });
});
