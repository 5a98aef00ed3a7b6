import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptAddress, identityOf, judgeAddress, maskAddress, normaliseAddress } from "#domain/audience/address.ts";

const accepted = (raw: string) => {
  const outcome = normaliseAddress(raw);
  return outcome.ok ? outcome.value : outcome.fault.message;
};

test.each([
  ["ann@example.com", "ann@example.com"],
  ["  Ann.Lee@Example.COM\r\n", "Ann.Lee@example.com"],
  ["ann+news@mail.example.co.uk", "ann+news@mail.example.co.uk"],
  ["o'hara/{x}=~@example.org", "o'hara/{x}=~@example.org"],
  ["ann@MÜNCHEN.example", "ann@xn--mnchen-3ya.example"],
  ["ann@mu\u0308nchen.example", "ann@xn--mnchen-3ya.example"],
  ["ann@xn--mnchen-3ya.example", "ann@xn--mnchen-3ya.example"],
  ["ann@4ever.example", "ann@4ever.example"],
  [`${"l".repeat(64)}@example.com`, `${"l".repeat(64)}@example.com`],
])("%j is stored as %s", (raw, stored) => {
  expect(accepted(raw)).toBe(stored);
});

test.each([
  ["", "it is empty"],
  ["   ", "it is empty"],
  ["ann", "it has no @"],
  ["@example.com", "nothing before the @"],
  ["ann@", "nothing after the @"],
  ["Ann <ann@example.com>", "give the bare address"],
  ["mailto:ann@example.com", "give the bare address"],
  ['"ann lee"@example.com', "a quoted name"],
  ["ann(work)@example.com", "comments"],
  ["ann@[192.0.2.1]", "an IP address"],
  ["ann@[IPv6:2001:db8::1]", "an IP address"],
  ["ann@192.0.2.1", "not a domain name"],
  ["ann@0x7f.1", "not a domain name"],
  ["änn@example.com", "outside ASCII"],
  ["\u202eann@example.com", "an invisible character"],
  [".ann@example.com", "isn't allowed there"],
  ["ann.@example.com", "isn't allowed there"],
  ["an..n@example.com", "isn't allowed there"],
  ["an n@example.com", "isn't allowed there"],
  ["ann@lee@example.com", "isn't allowed there"],
  ["ann@example.com\nBcc: bob@example.com", "an invisible character"],
  ["ann@exa mple.com", "not a domain name"],
  ["ann@example", "not a domain name"],
  ["ann@example.com.", "ends in a dot"],
  ["ann@example..com", "not a domain name"],
  ["ann@-example.com", "not a domain name"],
  ["ann@example.com/path", "not a domain name"],
  ["ann@exam%70le.com", "not a domain name"],
  ["ann@example.com:25", "not a domain name"],
  ["ann@exam\u200bple.com", "an invisible character"],
  ["ann\u200b@example.com", "an invisible character"],
  ["ann\uff20example.com", "a full-width character"],
  ["ann@example\u3002com", "a full-width character"],
  ["ann@\u{1f600}.example", "not a domain name"],
  ["ann@xn--a.example", "not a domain name"],
  ["ann@xn--0.com", "not a domain name"],
  [`${"x".repeat(2_000_000)}@example.com`, "longer than"],
  [`ann@${"a".repeat(64)}.com`, "not a domain name"],
  [`${"l".repeat(65)}@example.com`, "more than 64"],
  [`ann@${`${"a".repeat(60)}.`.repeat(4)}example`, "longer than 254"],
])("%j is refused: %s", (raw, why) => {
  expect(accepted(raw)).toContain(why);
});

test.each(
  "invalid test local internal arpa home.arpa onion localhost localdomain lan home corp x INVALID 1x.test".split(" "),
)("no one at ann@example.%s subscribes, and an address that is stored already is still found", (domain) => {
  expect(judgeAddress(`ann@example.${domain}`)).toEqual({ fault: "reserved" });
  expect(normaliseAddress(`ann@example.${domain}`).ok).toBe(true);
  expect(acceptAddress(`ann@example.${domain}`).ok).toBe(false);
});

test("names that merely contain a reserved one are fine", () => {
  for (const domain of ["test.com", "local.example.org", "mail.example.com", "onion.example"])
    expect(judgeAddress(`ann@${domain}`)).toEqual({ address: `ann@${domain}` });
});

test("a refusal never repeats the address, for refusals are logged", () => {
  const outcome = normaliseAddress("secret name@private.example");
  expect(JSON.stringify(outcome)).not.toContain("secret");
  expect(JSON.stringify(outcome)).not.toContain("private");
});

describe("any text", () => {
  const near = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.emailAddress(),
    fc.stringMatching(/^.{0,6}@.{0,8}\.\w{0,4}$/),
  );

  test("is refused, or becomes ASCII without white space or control characters, which normalising leaves alone", () => {
    fc.assert(
      fc.property(near, (raw) => {
        const outcome = normaliseAddress(raw);
        if (!outcome.ok) return;
        expect(outcome.value).toMatch(/^[!-~]{3,254}$/);
        expect(outcome.value).not.toMatch(/[\s<>"(),:;[\]\\]/);
        expect(normaliseAddress(outcome.value)).toEqual(outcome);
      }),
    );
  });
});

test("case does not make another subscriber; dots and tags do", () => {
  expect(identityOf("Ann@example.com")).toBe(identityOf("ann@example.com"));
  expect(identityOf("a.nn@example.com")).not.toBe(identityOf("ann@example.com"));
  expect(identityOf("ann+x@example.com")).not.toBe(identityOf("ann@example.com"));
});

test.each([
  ["annabel@example.com", "a…l@example.com"],
  ["ann@example.com", "a…@example.com"],
  ["a@example.com", "a…@example.com"],
])("a page shows %s as %s", (address, shown) => {
  expect(maskAddress(address)).toBe(shown);
});
