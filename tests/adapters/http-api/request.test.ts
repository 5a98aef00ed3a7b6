import { expect, test } from "vitest";
import { toRequest } from "#adapters/http-api/request.ts";
import { event } from "../../testing/open-pages.ts";

test("cookies and queries of an event reach the request", () => {
  const request = toRequest(event("GET", "/daily", { cookies: ["a=1", "b=2"], rawQueryString: "x=%20y" }));
  expect(request.headers.get("cookie")).toBe("a=1; b=2");
  expect(request.url).toBe("https://news.example.com/daily?x=%20y");
});
