import { describe, expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import { countTestMail, mayGetTests, TESTS_AN_HOUR, testMailHash } from "#domain/edition/test-mail.ts";
import { toInstant } from "#domain/time/instant.ts";

const start = Date.UTC(2026, 10, 23, 7);
const minute = (n: number) => toInstant(start + n * 60_000);

describe("test mails", () => {
  test("are at most twenty an hour, and the count is numbered by its writes", () => {
    const sentAt = Array.from({ length: TESTS_AN_HOUR }, (_, n) => minute(n));
    const full = { sentAt, n: 20 };
    expect(countTestMail(undefined, minute(0))).toEqual({ sentAt: [minute(0)], n: 1 });
    expect(countTestMail(full, minute(59))).toBeNull();
    expect(countTestMail(full, minute(60))).toEqual({ sentAt: [...sentAt.slice(1), minute(60)], n: 21 });
  });

  const config = defineConfig({
    operator: "ops@harbour.example",
    newsletters: {
      daily: {
        title: "The Daily Test",
        from: { name: "Ed", address: "ed@news.example" },
        replyTo: "reply@news.example",
        editors: ["Ana@desk.example"],
        postalAddress: "1 Street",
        testDomains: ["harbour.example"],
      },
    },
  });

  test.each([
    ["ed@news.example", true],
    ["reply@news.example", true],
    ["ANA@desk.example", true],
    ["ops@harbour.example", true],
    ["anyone@harbour.example", true],
    ["anyone@mail.harbour.example", true],
    ["anyone@news.example", false],
    ["anyone@notharbour.example", false],
  ])("may go to %s: %s", (address, may) => {
    expect(mayGetTests(config, "daily", address)).toBe(may);
  });

  test("of a newsletter that doesn't exist go to no one", () => {
    expect(mayGetTests(config, "weekly", "ed@news.example")).toBe(false);
  });

  test("are counted under a keyed hash of the address, in any case", () => {
    const hash = testMailHash("a key", "Ana@desk.example");
    expect(hash).toMatch(/^[0-9a-f]{24}$/);
    expect(testMailHash("a key", "ana@desk.example")).toBe(hash);
    expect(testMailHash("another key", "ana@desk.example")).not.toBe(hash);
  });
});
