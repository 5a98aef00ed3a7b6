import type { Fault } from "#domain/outcome.ts";

/** The HTTP status of a page after a refusal. */
export function statusOf({ code }: Fault): 400 | 403 | 404 | 409 | 429 | 500 | 503 {
  switch (code) {
    case "not-allowed":
      return 403;
    case "no-edition":
    case "unknown-newsletter":
    case "unknown-source":
    case "unknown-story":
    case "unknown-subscriber":
      return 404;
    case "bad-request":
    case "bad-address":
    case "not-a-feed":
    case "fetch-refused":
    case "fetch-failed":
      return 400;
    case "too-many":
      return 429;
    case "in-progress":
      return 503;
    case "internal":
      return 500;
    default:
      return 409;
  }
}
