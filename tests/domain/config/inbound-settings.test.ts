import { describe, expect, test } from "vitest";
import { type ConfigInput, defineConfig } from "#domain/config.ts";
import { inboundRecord } from "#domain/dns/records.ts";

const daily = { title: "Daily", from: { name: "Ed", address: "ed@news.example" }, postalAddress: "1 Street" };
const withInbound = (inbound: ConfigInput["inbound"]) => defineConfig({ newsletters: { daily }, inbound });

describe("an inbound address", () => {
  test("is below a sender's domain, and its mail goes to SES in the deployment's region", () => {
    const config = withInbound({ address: "leave@in.news.example" });
    expect(inboundRecord(config, "eu-west-1")).toEqual([
      { name: "in.news.example", type: "MX", value: "10 inbound-smtp.eu-west-1.amazonaws.com", purpose: "inbound" },
    ]);
  });

  test("is off by default", () => {
    expect(withInbound(undefined).inbound).toBeUndefined();
    expect(inboundRecord(withInbound(undefined), "eu-west-1")).toEqual([]);
  });

  test.each([
    [
      "at a sender's own domain, whose MX serves its people",
      "leave@news.example",
      /below a sender's, such as leave\.news\.example/,
    ],
    ["at a domain of no sender", "leave@in.other.example", /below a sender's/],
    ["at the domain that bounces go to", "leave@bounces.news.example", /takes in bounces/],
    ["with signs that a link would have to escape", "le+ave?@in.news.example", /lower-case letters|Invalid email/],
    ["in capitals", "Leave@in.news.example", /lower-case letters/],
  ])("is refused %s", (_, address, why) => {
    expect(() => withInbound({ address })).toThrow(why);
  });
});
