import { expect, test } from "vitest";
import { emailHash } from "#domain/edition/content/hash.ts";

const email = { subject: "Snow at last", html: "<p>Snow {{unsubscribe}}</p>", text: "Snow {{unsubscribe}}" };

test("the hash is what it was yesterday: editors note it, and compare", () => {
  expect(emailHash(email)).toBe("76023e1fd87117d26660fbed54f7c20564a5fdcb627dda9b1e71ca32ade862cb");
});

test("every part counts, and so does where one ends and the next begins", () => {
  const others = [
    { ...email, subject: "Snow at last." },
    { ...email, html: `${email.html} ` },
    { ...email, text: "" },
    { ...email, subject: "Snow at", html: ` last${email.html}` },
    { ...email, html: email.text, text: email.html },
  ];
  expect(new Set([email, ...others].map(emailHash)).size).toBe(others.length + 1);
});
