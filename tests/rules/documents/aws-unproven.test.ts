import { expect, test } from "vitest";
import { claims, page, table, tableInPage } from "../../e2e/trial/claims.ts";

test("the page of what isn't proven on AWS has the claims of the trial, no other and none less", () => {
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
  expect(tableInPage() === table(), `${page} is stale: run \`node tests/e2e/trial/claims.ts\``).toBe(true);
});
