import * as z from "zod";
import { type Fault, fault, type Outcome } from "#domain/outcome.ts";

/** A command that checks its input and then runs. */
export type Command = (request: Record<string, unknown>) => Promise<Outcome<object>>;
export type Answer = { ok: true } | { ok: false; fault: Fault };

/**
 * Connects a command's schema with its use case. Unknown fields are refused, because a misspelt `date` must not send
 * today's edition.
 */
export function command<T extends z.ZodRawShape, G extends object>(
  { input }: { input: z.ZodObject<T>; output: z.ZodType<G> },
  run: (input: z.output<z.ZodObject<T>>) => Promise<Outcome<G>>,
): Command {
  const strict = input.strict();
  return async ({ by, byId, ...rest }) => {
    // Every command accepts the caller's name; only changes record it.
    const author = Object.entries({ by, byId }).filter(
      ([name, value]) => value !== undefined && Object.hasOwn(input.shape, name),
    );
    const request = { ...rest, ...Object.fromEntries(author) };
    const parsed = strict.safeParse(request);
    return parsed.success ? run(input.parse(request)) : fault("bad-request", sentenceOf(parsed.error));
  };
}

/**
 * `{"do":"send","newsletter":"daily"}`. The table checks the commands, so the contract's schemas aren't built for this.
 */
const Request = z.looseObject({ do: z.string() });

/** Always returns a value, or a fault that a person can act on; the underlying error goes to `log`. */
export async function answer(
  table: Record<string, Command>,
  event: unknown,
  log: (message: string, error: unknown) => void,
): Promise<Answer> {
  const request = Request.safeParse(event);
  const run = request.success && Object.hasOwn(table, request.data.do) ? table[request.data.do] : undefined;
  if (!request.success || run === undefined)
    return fault("bad-request", `"do" must be one of: ${Object.keys(table).join(", ")}.`);
  const { do: name, ...input } = request.data;
  try {
    const outcome = await run(input);
    return outcome.ok ? { ok: true, ...outcome.value } : outcome;
  } catch (error) {
    log(`command ${name} failed`, error);
    return fault("internal", `${name} failed: ${reasonIn(error)}. The log of the command function has the details.`);
  }
}

const reasonIn = (error: unknown) => (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");

/** `date: not a calendar date such as 2026-11-23; newsletter: …` */
function sentenceOf(error: z.ZodError): string {
  const problems = error.issues.map(({ path, message }) => {
    if (path.at(-1) === "date") return "date: not a calendar date such as 2026-11-23";
    return path.length === 0 ? message : `${path.join(".")}: ${message}`;
  });
  return `${problems.join("; ")}.`;
}
