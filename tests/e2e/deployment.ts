import { execFile } from "node:child_process";
import { cpSync, readFileSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";
import { config } from "#broadsheet.config.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const runFile = promisify(execFile);

/** The stack's outputs, as `cdk deploy --outputs-file` writes them. */
const Outputs = z.object({
  [config.name]: z.object({
    SiteUrl: z.url(),
    CommandFunction: z.string(),
    TableName: z.string(),
    KeysSecret: z.string(),
  }),
});

/** What a shell that deploys would export. */
export const shellFor = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
  CDK_DEFAULT_ACCOUNT: "000000000000",
});

export type Shell = ReturnType<typeof shellFor>;

/** `cdk …` as `npx cdk` runs it. @throws with all it printed. */
export async function cdk(shell: Shell, folder: string, ...args: string[]): Promise<string> {
  const command = [join(root, "node_modules/.bin/cdk"), "--output", join(folder, "cdk.out"), "--progress", "events"];
  return run({ shell }, ...command, ...args);
}

const flagsOf = (context: Record<string, string>) =>
  Object.entries({ emulator: "true", ...context }).flatMap(([key, value]) => ["-c", `${key}=${value}`]);

/** Writes a checkout's assembly into a folder: what `cdk deploy --app FOLDER` then deploys in a few seconds. */
export async function synthesise(shell: Shell, checkout: string, output: string, context: Record<string, string>) {
  const command = [join(root, "node_modules/.bin/cdk"), "synth", "--quiet", "--output", output];
  await run({ shell, cwd: checkout }, ...command, ...flagsOf(context));
}

export const deployAssembly = (shell: Shell, assembly: string) =>
  run({ shell }, join(root, "node_modules/.bin/cdk"), "deploy", "--app", assembly, "--require-approval", "never");

export const bootstrap = (shell: Shell, folder: string) =>
  cdk(shell, folder, "bootstrap", `aws://${shell.CDK_DEFAULT_ACCOUNT}/${shell.AWS_REGION}`);

export async function deploy(shell: Shell, folder: string, context: Record<string, string>) {
  const file = join(folder, "outputs.json");
  const options = ["--require-approval", "never", "--outputs-file", file, ...flagsOf(context)];
  const printed = await cdk(shell, folder, "deploy", ...options);
  const outputs = Outputs.parse(JSON.parse(readFileSync(file, "utf8")))[config.name];
  if (outputs === undefined) throw new Error(`cdk deploy gave no outputs: ${printed}`);
  return { outputs, printed };
}

/** `npx --no-install broadsheet … --stack NAME --json`, parsed. @throws with all it printed when it does not end with 0. */
export async function broadsheet(shell: Shell, ...args: string[]): Promise<unknown> {
  const command = [process.execPath, join(root, "cli/broadsheet.ts"), ...args, "--stack", config.name, "--json"];
  const printed = await run({ shell }, ...command);
  return printed.trim() === "" ? undefined : JSON.parse(printed);
}

async function run({ shell, cwd = root }: { shell: Shell; cwd?: string }, command = "", ...args: string[]) {
  try {
    const { stdout, stderr } = await runFile(command, args, {
      cwd,
      env: { ...process.env, ...shell },
      maxBuffer: 64 * 1024 * 1024,
    });
    return command.endsWith("cdk") ? `${stdout}${stderr}` : stdout;
  } catch (error) {
    const { stdout, stderr } = z.object({ stdout: z.string(), stderr: z.string() }).parse(error);
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
  }
}

/** A copy of this checkout, with its packages, whose files a test may change. */
export function copyCheckout(copy: string): string {
  const isLeftOut = /^(node_modules|\.e2e|\.git|\.vitest|\.sbom|cdk\.out)(\/|$)/;
  cpSync(root, copy, { recursive: true, filter: (path) => !isLeftOut.test(relative(root, path)) });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** The commands of a guide's sections, word for word: what is in its code blocks without a language. */
export function commandsIn(guide: string, heading: string): string[] {
  const [, section = ""] = guide.split(new RegExp(`^##+ ${heading}.*$`, "m"));
  const [body = ""] = section.split(/^##+ /m);
  const blocks = [...body.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, language]) => language === "");
  return blocks.flatMap(([, , block = ""]) => block.trim().split("\n"));
}
