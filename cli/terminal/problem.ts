import { fileURLToPath } from "node:url";

export type Fault = { code: string; message: string };

/** What went wrong: the message is for people, the code for programs. Exit code 1, or 2 for wrong usage. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: string;
  readonly exitCode: 1 | 2;
  constructor(code: string, message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** Wrong usage: an argument or option is missing, or two exclude each other. */
export const misuse = (message: string) => new Problem("bad-request", message, 2);

/** Any error as a problem: our own unchanged, others with their message and without their stack. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof Error)) return new Problem("internal", String(error));
  if (error.name === "InvalidConfig") return new Problem("bad-request", error.message);
  const missing = missingPackageOf(error);
  if (missing !== undefined)
    return new Problem(
      "not-installed",
      `Can't run this command: the package ${missing} isn't installed. ` +
        "After `npm ci --omit=dev` a checkout can deploy; the local system and the tests need `npm ci`.",
    );
  const place = placeOf(error);
  if (place !== undefined)
    return new Problem("bad-request", `Can't read ${place}: ${error.message}. Fix the file and run the command again.`);
  return new Problem(faultCodeOf(error) ?? "internal", error.message);
}

/** The package that a loaded file imports and that isn't there. */
function missingPackageOf(error: Error): string | undefined {
  if (!("code" in error) || error.code !== "ERR_MODULE_NOT_FOUND") return undefined;
  return /^Cannot find package '([^']+)'/.exec(error.message)?.[1];
}

/** Where a loaded file, such as the config, has a syntax error: Node begins the stack with `file:///…:LINE`. */
function placeOf(error: Error): string | undefined {
  const [, url, line] = /^(file:\/\/\S+):(\d+)$/m.exec(error.stack?.split("\n", 1)[0] ?? "") ?? [];
  return url === undefined ? undefined : `${fileURLToPath(url)}, line ${line}`;
}

/** Errors from other rooms carry their fault as a value. */
function faultCodeOf(error: Error): string | undefined {
  const fault = "fault" in error ? error.fault : undefined;
  const code = typeof fault === "object" && fault !== null && "code" in fault ? fault.code : undefined;
  return typeof code === "string" ? code : undefined;
}
