import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  acceptAddress,
  identityOf,
  judgeAddress,
  mailboxOf,
  maskAddress,
  normaliseAddress,
} from "#domain/audience/address/address.ts";

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
])("D17: %j is stored as %s", (raw, stored) => {
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

test("a refusal never repeats the address, because refusals are logged", () => {
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

  test("is refused, or becomes ASCII without white space or control characters that normalising again doesn't change", () => {
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

test("case doesn't distinguish subscribers; dots and tags do", () => {
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

describe("addresses generated from the grammar", () => {
  // RFC 5321 §4.1.2: a dot-atom, of letters, digits and the other signs of `atext`; labels of letters, digits, hyphens.
  const atom = fc.stringMatching(/^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]{1,10}$/);
  const local = fc.array(atom, { minLength: 1, maxLength: 5 }).map((atoms) => atoms.join("."));
  const label = fc.stringMatching(/^[a-z0-9][a-z0-9]{0,12}$/);
  const hyphened = fc.tuple(label, label).map(([one, other]) => `${one}-${other}`);
  const top = fc.constantFrom("com", "net", "org", "info", "example", "museum", "de", "co.uk", "xn--p1ai");
  const domain = fc
    .tuple(fc.array(fc.oneof(label, hyphened), { minLength: 1, maxLength: 3 }), top)
    .map(([labels, end]) => [...labels, end].join("."));
  const address = fc.tuple(local, domain);

  test("each is accepted, and stored as it was written", () => {
    fc.assert(
      fc.property(address, ([before, after]) => {
        expect(judgeAddress(`${before}@${after}`)).toEqual({ address: `${before}@${after}` });
      }),
    );
  });

  const spoiled: Record<string, [spoil: (before: string, after: string) => string, fault: string]> = {
    "a dot at the beginning": [(before, after) => `.${before}@${after}`, "badLocal"],
    "a dot before the @": [(before, after) => `${before}.@${after}`, "badLocal"],
    "two dots in a row": [(before, after) => `${before}..a@${after}`, "badLocal"],
    "a space in it": [(before, after) => `a ${before}@${after}`, "badLocal"],
    "a comma in it": [(before, after) => `${before},b@${after}`, "badLocal"],
    "two @": [(before, after) => `${before}@b@${after}`, "badLocal"],
    "a letter with an accent": [(before, after) => `é${before}@${after}`, "nonAscii"],
    "a zero-width space": [(before, after) => `${before}\u200b@${after}`, "hidden"],
    "a line break and a header": [(before, after) => `${before}@${after}\r\nBcc: a@${after}`, "hidden"],
    "a display name": [(before, after) => `Ann <${before}@${after}>`, "wrapped"],
    "a quoted local part": [(before, after) => `"${before}"@${after}`, "quoted"],
    "a comment": [(before, after) => `${before}(a)@${after}`, "comment"],
    "65 characters before the @": [(before, after) => `${before.padEnd(65, "a")}@${after}`, "longLocal"],
    "a dot at the end": [(before, after) => `${before}@${after}.`, "trailingDot"],
    "a label that begins with a hyphen": [(before, after) => `${before}@-a.${after}`, "badDomain"],
    "a label that ends with a hyphen": [(before, after) => `${before}@a-.${after}`, "badDomain"],
    "an empty label": [(before, after) => `${before}@a..${after}`, "badDomain"],
    "an underscore in the domain": [(before, after) => `${before}@a_b.${after}`, "badDomain"],
    "a port": [(before, after) => `${before}@${after}:25`, "badDomain"],
    "a number for the top-level domain": [(before, after) => `${before}@${after}.1`, "badDomain"],
    "no domain": [(before) => `${before}@`, "noDomain"],
    "no @": [(before) => before, "noAt"],
    "a private top-level domain": [(before, after) => `${before}@${after}.internal`, "reserved"],
    "a domain that is too long": [(before, after) => `${before}@${`${"a".repeat(60)}.`.repeat(5)}${after}`, "long"],
  };
  test.each(Object.entries(spoiled))("with %s it is refused", (_what, [spoil, fault]) => {
    fc.assert(
      fc.property(address, ([before, after]) => {
        expect(judgeAddress(spoil(before, after))).toEqual({ fault });
      }),
    );
  });

  test("the case of letters and white space around it do not make another subscriber", () => {
    const idOf = (raw: string) => {
      const judged = judgeAddress(raw);
      return "address" in judged ? identityOf(judged.address) : judged.fault;
    };
    fc.assert(
      fc.property(address, fc.constantFrom("", " ", "\t", "\r\n"), ([before, after], space) => {
        const raw = `${before}@${after}`;
        for (const other of [raw.toUpperCase(), raw.toLowerCase(), `${before}@${after.toUpperCase()}`])
          expect(idOf(`${space}${other}${space}`)).toBe(idOf(raw));
      }),
    );
  });

  test.each([
    ["ann@bücher.example", "ann@xn--bcher-kva.example"],
    ["ann@BÜCHER.example", "ann@bücher.example"],
    ["ann@кто.рф", "ann@xn--j1ail.xn--p1ai"],
    ["ann@faß.example", "ann@xn--fa-hia.example"],
  ])("%s and %s are one subscriber", (one, other) => {
    expect(judgeAddress(one)).toEqual(judgeAddress(other));
    expect(judgeAddress(one)).toHaveProperty("address");
  });
});

describe("the mailbox of an address", () => {
  test.each([
    ["ann@example.com", "ann@example.com"],
    ["Ann+News@Example.com", "ann@example.com"],
    ["ann+a+b@example.com", "ann@example.com"],
    ["+ann@example.com", "+ann@example.com"],
    ["a.n.n@example.com", "a.n.n@example.com"],
    ["a.n.n+x.y@gmail.com", "ann@gmail.com"],
    ["ann-news@example.com", "ann-news@example.com"],
    ["a.nn@googlemail.com", "ann@gmail.com"],
  ])("of %s is %s", (address, mailbox) => expect(mailboxOf(address)).toBe(mailbox));

  test("is its own mailbox", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        expect(mailboxOf(mailboxOf(raw))).toBe(mailboxOf(raw));
      }),
    );
  });
});
