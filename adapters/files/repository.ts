import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Reads a file that the config names by its path in the repository. A deployed function has such files next to its code
 * (infra/bundling/bundle.ts).
 */
export function readRepositoryFile(path: string): string {
  const root = process.env.LAMBDA_TASK_ROOT ?? fileURLToPath(new URL("../..", import.meta.url));
  return readFileSync(join(root, path), "utf8");
}
