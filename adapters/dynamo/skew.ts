import type { Table } from "./table.ts";

/**
 * How far this machine's clock is ahead of the table's, in milliseconds, by the Date headers of its answers; 0 until
 * there was one. The header counts whole seconds, so up to a second is nothing.
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

/** The header says the second that had begun: the truth lies up to a second after it. */
const beyondASecond = (ahead: number): number => (ahead < 0 ? ahead : Math.max(0, ahead - 1000));

function dateOf(response: unknown): number | undefined {
  if (typeof response !== "object" || response === null || !("headers" in response)) return undefined;
  const { headers } = response;
  if (typeof headers !== "object" || headers === null || !("date" in headers)) return undefined;
  const time = typeof headers.date === "string" ? Date.parse(headers.date) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
