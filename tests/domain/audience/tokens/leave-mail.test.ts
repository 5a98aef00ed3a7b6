import { describe, expect, test } from "vitest";
import { LeaveMail, leaveMailUrl, tokenIn } from "#domain/audience/tokens/leave-mail.ts";
import { unsubscribeToken, verifyToken } from "#domain/audience/tokens/token.ts";

const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
/** As long as a token can be: a name of 40 letters. */
const claim = { newsletter: `daily-${"n".repeat(34)}`, id: "0123456789abcdef01234567" };
const token = unsubscribeToken(keys, claim);
const mailWith = (subject?: string): LeaveMail => ({
  notificationType: "Received",
  mail: { messageId: "m1", commonHeaders: subject === undefined ? {} : { subject } },
});

describe("mail that unsubscribes", () => {
  test("has the token in its subject, which the link fills in", () => {
    const url = new URL(leaveMailUrl("leave@in.news.example", token));
    expect(url.protocol).toBe("mailto:");
    expect(url.pathname).toBe("leave@in.news.example");
    const found = tokenIn(mailWith(url.searchParams.get("subject") ?? ""));
    expect(found && verifyToken(keys, "unsubscribe", found)).toEqual(claim);
  });

  test.each([
    ["in capitals", `UNSUBSCRIBE ${token.toUpperCase()}`],
    ["with what a mail program put before it", `Fwd: Re: unsubscribe ${token}`],
    ["with something after it", `${token} please`],
  ])("is found %s", (_, subject) => {
    const found = tokenIn(mailWith(subject));
    expect(found && verifyToken(keys, "unsubscribe", found)).toEqual(claim);
  });

  test.each([
    ["no subject", undefined],
    ["an empty one", ""],
    ["other words", "unsubscribe me please"],
    ["a token that is cut", `unsubscribe ${token.slice(0, -1)}`],
    ["a token after 400 letters", `${" ".repeat(400)}${token}`],
  ])("is nothing with %s", (_, subject) => {
    expect(tokenIn(mailWith(subject))).toBeUndefined();
  });

  test("a subject of a million letters is looked at no longer than a short one", () => {
    const began = performance.now();
    expect(tokenIn(mailWith("a.".repeat(500_000)))).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(50);
  });

  test("is SES's notification of a mail, and nothing else", () => {
    expect(LeaveMail.safeParse({ ...mailWith("x"), receipt: {}, content: "" }).success).toBe(true);
    expect(LeaveMail.safeParse({ ...mailWith("x"), notificationType: "Bounce" }).success).toBe(false);
    expect(LeaveMail.safeParse({ do: "subscribe" }).success).toBe(false);
  });
});
