import { expect, test } from "vitest";
import { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { aboutOf } from "#functions/site/look.ts";

const config = (localTime: boolean) =>
  NewsletterConfig.parse({
    ...{ title: "Daily", postalAddress: "1 Example Street", timeZone: "Europe/London", language: "de", localTime },
    from: { name: "Daily", address: "daily@example.com" },
    description: "Das Wichtigste des Tages.",
  });

test("a newsletter's description is in its own language, and its time in its zone", () => {
  expect(aboutOf(config(false))).toMatchObject({
    description: "Das Wichtigste des Tages.",
    language: "de",
    cadence: { sendAt: "07:00", timeZone: "Europe/London" },
  });
});

test("in local time no zone is named", () => {
  expect(aboutOf(config(true)).cadence).toMatchObject({ sendAt: "07:00", timeZone: undefined });
});
