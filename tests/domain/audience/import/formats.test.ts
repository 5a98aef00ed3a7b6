import { describe, expect, test } from "vitest";
import { recogniseFormat } from "#domain/audience/import/formats.ts";

describe("a list's format", () => {
  test.each([
    ["Email Address,First Name,OPTIN_TIME,OPTIN_IP", "mailchimp"],
    ["uuid,email,name,attributes,status", "listmonk"],
    ["id,email,subscribed_to_emails", "ghost"],
    ["Email,Type,Stripe plan", "substack"],
    ["email,active_subscription,expiry,created_at,name", "substack"],
    ["id,email_address,creation_date,type,source", "buttondown"],
    ["id,first_name,email_address,state,created_at", "kit"],
    ["Email,Sent,Opened,Clicked,Subscribed,Status", "mailerlite"],
    ["email,status,subscription_tier", "beehiiv"],
    ["email,first_name,state,created_at", "kit"],
    ["Subscriber,Sent,Opens,Clicks", "mailerlite"],
    ["address,status,consent,addedAt,changedAt", "broadsheet"],
    ["mail,name", "csv"],
  ])("%s is %s, whatever the case and the spaces", (header, format) => {
    expect(recogniseFormat(header.split(","))).toBe(format);
  });
});
