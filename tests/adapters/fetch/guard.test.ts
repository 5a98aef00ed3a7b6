import { describe, expect, test } from "vitest";
import { isPublicAddress } from "#adapters/fetch/addresses.ts";
import { allowedOrigins, checkHost, guardUrl, type Resolved } from "#adapters/fetch/guard.ts";

const none = allowedOrigins([]);

describe("addresses", () => {
  test.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.169.254",
    "168.63.129.16",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "0:0:0:0:0:ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "5f00::1",
    "::7f00:1",
    "localhost",
    "",
  ])("%s is not public", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450::1",
    "::ffff:1.1.1.1",
  ])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe("what an address reveals without a look-up", () => {
  test("is first that it is not public, whatever its port", () => {
    for (const url of ["http://127.0.0.1:9999/feed", "http://[::1]:9999/feed"]) {
      expect(guardUrl(url, none)).toEqual({ refused: expect.stringMatching(/public internet.*--allow-origin/) });
    }
    expect(guardUrl("http://localhost:9999/feed", none)).toEqual({ refused: expect.stringContaining("local network") });
  });

  test.each([
    ["", /is not a web address/],
    ["not an address", /is not a web address/],
    ["https://", /is not a web address/],
    ["ftp://feeds.example.com/", /only http and https/],
    ["file:///etc/passwd", /only http and https/],
    ["javascript:alert(1)", /only http and https/],
    ["https://user:secret@feeds.example.com/", /user name/],
    ["https://feeds.example.com:22/", /ports/],
    ["https://feeds.example.com:9200/", /ports/],
    ["http://localhost/", /local network/],
    ["http://LOCALHOST./", /local network/],
    ["http://app.localhost/", /local network/],
    ["http://printer/", /local network/],
    ["http://db.internal/", /local network/],
    [`http://${"a.".repeat(130)}com/`, /too long/],
  ])("%s is refused", (url, why) => {
    const guarded = guardUrl(url, none);
    expect("refused" in guarded ? guarded.refused : "allowed").toMatch(why);
  });

  test.each([
    "https://feeds.example.com/",
    "http://feeds.example.com:8080/x",
    "https://bücher.example/",
    "http://8.8.8.8/",
  ])("%s may be looked up", (url) => {
    expect("refused" in guardUrl(url, none)).toBe(false);
  });

  test("an allowed origin is let through exactly: scheme, host and port", () => {
    const allowed = allowedOrigins(["http://127.0.0.1:8123/ignored/path", "nonsense"]);
    const trusts = (url: string) => {
      const guarded = guardUrl(url, allowed);
      return "trusted" in guarded && guarded.trusted;
    };
    expect(trusts("http://127.0.0.1:8123/feed.xml")).toBe(true);
    expect(trusts("https://127.0.0.1:8123/")).toBe(false);
    expect(trusts("http://127.0.0.1:8124/")).toBe(false);
    expect(trusts("http://localhost:8123/")).toBe(false);
    expect(trusts("http://user@127.0.0.1:8123/")).toBe(false);
  });
});

describe("the addresses of a name", () => {
  const check = (url: string, found: Resolved[], trusted = false) =>
    checkHost(new URL(url), trusted, async () => found);

  test("one private address among public ones refuses them all", async () => {
    const found: Resolved[] = [
      { address: "93.184.215.14", family: 4 },
      { address: "10.0.0.1", family: 4 },
    ];
    expect(await check("https://feeds.example.com/", found)).toMatch(/feeds\.example\.com resolves to 10\.0\.0\.1/);
  });

  test("numbers in any notation are judged as what they mean, without a look-up", async () => {
    for (const host of ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:7f00:1]", "１２７.0.0.1"]) {
      const never = () => Promise.reject(new Error("looked up"));
      expect(await checkHost(new URL(`http://${host}/`), false, never)).toMatch(/not a public internet address/);
    }
  });

  test("of thousands a few are handed on, once all have been checked", async () => {
    const many = Array.from(
      { length: 4000 },
      (_, n): Resolved => ({ address: `93.184.${n >> 8}.${n & 255}`, family: 4 }),
    );
    expect(await check("https://feeds.example.com/", many)).toEqual(many.slice(0, 8));
    const last: Resolved = { address: "10.0.0.1", family: 4 };
    expect(await check("https://feeds.example.com/", [...many, last])).toMatch(/resolves to 10\.0\.0\.1/);
  });

  test("public addresses are handed on to be connected to", async () => {
    const found: Resolved[] = [{ address: "93.184.215.14", family: 4 }];
    expect(await check("https://feeds.example.com/", found)).toEqual(found);
  });
});
