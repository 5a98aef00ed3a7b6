import { expect, test } from "vitest";
import { answerOf } from "#adapters/ses/bulk.ts";

test("a request that broke while it was written may have arrived", () => {
  const broken = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  expect(answerOf(broken)).toMatchObject({ is: "unanswered" });
});
