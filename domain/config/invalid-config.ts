import type * as z from "zod";

/** All faults of a configuration with their paths, for an operator. */
export class InvalidConfig extends Error {
  override readonly name = "InvalidConfig";
  readonly faults: readonly { path: string; problem: string }[];
  constructor(faults: readonly { path: string; problem: string }[], where = "broadsheet.config.ts") {
    super(
      `${where} has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:\n` +
        faults.map((fault) => `  ${fault.path}: ${fault.problem}`).join("\n"),
    );
    this.faults = faults;
  }
}

/** zod's messages about wrong or unknown names don't say which name is wrong, or why. */
export function faultsOf(issue: z.core.$ZodIssue): { path: string; problem: string }[] {
  const at = (...more: PropertyKey[]) => [...issue.path, ...more].map(String).join(".") || "(top)";
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => ({ path: at(), problem: message }));
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: at(key), problem: "no such setting" }));
  return [{ path: at(), problem: issue.message }];
}
