import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readOutputs } from "#adapters/aws-account/stack.ts";
import { CONFIG_VARIABLE, stackName } from "./settings.ts";

export type Where = { sender: string; region: string | undefined; emulator: boolean };

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** `cdk …` with the trial's app. @throws where it fails; what it prints is on the terminal */
function cdk(where: Where, ...args: string[]): Promise<void> {
  const assembly = mkdtempSync(join(tmpdir(), "broadsheet-trial-"));
  const command = [
    join(root, "node_modules/aws-cdk/bin/cdk"),
    "--app",
    "node tests/e2e/trial/app.ts",
    "--output",
    assembly,
  ];
  const region = where.region === undefined ? {} : { AWS_REGION: where.region };
  // The app runs on the Node that runs this: the shell's own may be too old for TypeScript.
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...region, PATH: path, [CONFIG_VARIABLE]: JSON.stringify(where) },
  });
  return new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`cdk ${args[0]} failed; see above.`))));
  }).finally(() => rmSync(assembly, { recursive: true, force: true }));
}

/** Deploys the trial's stack. @returns its outputs by name */
export async function deploy(where: Where): Promise<ReadonlyMap<string, string>> {
  await cdk(where, "deploy", "--require-approval", "never", "--progress", "events");
  const outputs = await readOutputs(stackName, { region: where.region, endpoint: process.env.AWS_ENDPOINT_URL });
  if (outputs === undefined) throw new Error("cdk deploy succeeded, but CloudFormation knows no such stack.");
  return outputs;
}

/** Deletes the stack and all in it: nothing of a trial is kept. */
export const destroy = (where: Where): Promise<void> => cdk(where, "destroy", "--force");
