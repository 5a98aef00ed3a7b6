import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run setup:e2e`: the AWS emulator, the AWS CLI and cfn-lint in a Python environment of their own, `.e2e`, about 420 MB.
 * Without it the tests that need them are skipped, and their names say so.
 */
const folder = fileURLToPath(new URL("../../.e2e", import.meta.url));
const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));
/** Says which packages are installed. It is written last, so a setup that was interrupted begins again. */
const mark = join(folder, "packages.txt");
const wanted = readFileSync(requirements, "utf8");

function run(command: string, args: string[], fix: string): void {
  try {
    execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  } catch {
    console.error(`${command} ${args.join(" ")} failed. ${fix}`);
    process.exit(1);
  }
}

if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) {
  console.log("The end-to-end tests are set up: .e2e is there.");
} else {
  rmSync(folder, { recursive: true, force: true });
  run(
    "python3",
    ["-m", "venv", folder],
    "Python 3.11 or later with venv is needed: on Debian and Ubuntu, apt-get install python3 python3-venv.",
  );
  run(
    join(folder, "bin/python"),
    ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements],
    "Can this machine reach the Python package index?",
  );
  writeFileSync(mark, wanted);
  console.log("The end-to-end tests are set up in .e2e: npm run e2e");
}
