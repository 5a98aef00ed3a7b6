import type { Table } from "./table.ts";

/**
 * How far this machine's clock is ahead of the table's, in milliseconds, by the Date headers of its answers; 0 before
 * the first answer. The header has whole seconds, so less than a second counts as none.
 */
export function measureSkew(table: Table, now: () => number = Date.now): () => number {
  let skew = 0;
  table.document.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const date = dateOf(result.response);
      if (date !== undefined) skew = beyondASecond(now() - date);
      return result;
    },
    { name: "measureSkew", step: "deserialize", priority: "low" },
  );
  return () => skew;
}

/** The header is rounded down, so the true time is up to a second later. */
const beyondASecond = (ahead: number): number => (ahead < 0 ? ahead : Math.max(0, ahead - 1000));

function dateOf(response: unknown): number | undefined {
  if (typeof response !== "object" || response === null || !("headers" in response)) return undefined;
  const { headers } = response;
  if (typeof headers !== "object" || headers === null || !("date" in headers)) return undefined;
  const time = typeof headers.date === "string" ? Date.parse(headers.date) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
