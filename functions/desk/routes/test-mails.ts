import * as z from "zod";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { fieldOf } from "../access/body.ts";
import type { DeskEnv, Person } from "../access/person.ts";
import type { RunCommand } from "../ask.ts";

const TestBody = z.object({ to: z.string() });

/** The addresses in a request for a test, from a form or the script. Undefined: the request is malformed. */
export function testAddresses({ body }: DeskEnv["Variables"], isScript: boolean): string[] | undefined {
  const named = isScript ? TestBody.safeParse(body.json).data?.to : fieldOf(body, "to");
  return named?.split(/[\s,;]+/).filter((one) => one !== "");
}

/** Most addresses for one test. */
const MOST_TEST_ADDRESSES = 10;

type TestResult = { to: string; sent: boolean; text: string };

/** One result for each address; an invalid one doesn't fail the others. */
export async function sendTests(
  { runCommand }: { runCommand: RunCommand },
  person: Person,
  key: { newsletter: string; date: string },
  to: readonly string[],
): Promise<Outcome<TestResult[]>> {
  if (to.length === 0) return fault("bad-request", "Enter an address, or several separated by commas.");
  if (to.length > MOST_TEST_ADDRESSES)
    return fault("bad-request", `A test goes to at most ${MOST_TEST_ADDRESSES} people. You entered ${to.length}.`);
  const results: TestResult[] = [];
  for (const one of to) {
    const sent = await runCommand(person, "test", { ...key, to: one });
    const why = sent.ok ? "" : sent.fault.message;
    const named = why.includes(one) ? why : `${one}: ${why}`;
    const text = sent.ok ? `Sent to ${one} (message ${sent.value.messageId}).` : named;
    results.push({ to: one, sent: sent.ok, text });
  }
  return done(results);
}
