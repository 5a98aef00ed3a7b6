import { execFile, execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { contracts } from "#functions/index.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { shellFor } from "./deployment.ts";
import { type Emulator, freePort, isSetUp, startEmulator } from "./emulator.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "node_modules");
const runFile = promisify(execFile);

let folder: string;
let app: string;
let listed: string[];

/** The app of the guide, in a folder of its own, as `npm install` would leave it; what npm has here isn't asked for again. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "press-"));
  app = join(folder, "press");
  const { stdout } = await runFile(process.execPath, [join(root, "infra/package/build.ts"), folder], { cwd: root });
  const tarball = stdout.trim().split("\n").at(-1) ?? "";
  listed = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  const installed = join(app, "node_modules/broadsheet");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", installed]);
  for (const name of ["aws-cdk-lib", "constructs", "sharp", "zod", "@types"]) {
    symlinkSync(join(modules, name), join(app, "node_modules", name));
  }
  writeFileSync(join(app, "package.json"), '{ "name": "press", "private": true }');
  writeFileSync(join(app, "cdk.json"), '{ "app": "node bin/press.js" }');
  const compilerOptions = { target: "es2022", module: "nodenext", strict: true, skipLibCheck: true, types: ["node"] };
  writeFileSync(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["bin"] }));
  mkdirSync(join(app, "bin"));
  const guide = readFileSync(join(root, "docs/guides/constructs.md"), "utf8");
  writeFileSync(join(app, "bin/press.ts"), /```ts\n([\s\S]*?)```/.exec(guide)?.[1] ?? "");
  await run([tsc, "-p", "."]);
});

afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Runs a command in the app. @returns what it printed */
async function run(command: string[], env: Record<string, string> = {}): Promise<string> {
  const options = { cwd: app, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
  try {
    const { stdout, stderr } = await runFile(process.execPath, command, options);
    return `${stdout}${stderr}`;
  } catch (error) {
    const { stdout, stderr } = z.object({ stdout: z.string(), stderr: z.string() }).parse(error);
    throw new Error(`${command.join(" ")} failed:\n${stdout}\n${stderr}`);
  }
}

const cdk = join(modules, "aws-cdk/bin/cdk");
const tsc = join(modules, "typescript/bin/tsc");

describe("the package, in a fresh CDK app", () => {
  test("holds what an app needs, with its licences, and no TypeScript but types", () => {
    const names = listed.map((path) => path.replace(/^package\//, ""));
    expect([...new Set(names.map((name) => name.split("/")[0]))].sort()).toEqual([
      "LICENSE",
      "README.md",
      "THIRD-PARTY-LICENCES.txt",
      "feed-worker.mjs",
      "functions",
      "index.js",
      "package.json",
      "types",
    ]);
    for (const { name } of contracts) expect(names).toContain(`functions/${name}/index.mjs`);
    expect(names.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))).toEqual([]);
    const licences = readFileSync(join(app, "node_modules/broadsheet/THIRD-PARTY-LICENCES.txt"), "utf8");
    for (const name of ["@aws-sdk/client-dynamodb", "hono", "feedsmith", "handlebars"]) {
      expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
    }
  });

  test("its types say what each field of the config is for", () => {
    const types = readFileSync(join(app, "node_modules/broadsheet/types/domain/config.d.ts"), "utf8");
    const above = (name: string) => new RegExp(`/\\*\\*([^/]*)\\*/\\s+${name}: z\\.`).exec(types)?.[1] ?? "";
    expect(above("operator")).toContain("an alarm goes off");
    expect(above("sendAt")).toContain("Local time of day");
    expect(above("cloudFront")).toContain("CloudFront in front of the website");
    // Several fields have this name, and none of them gets the comment of another.
    expect([above("name"), above("address")]).toEqual(["", ""]);
  });

  test("has nothing of the checkout's own config", () => {
    const types = readFileSync(join(app, "node_modules/broadsheet/types/infra/deployment.d.ts"), "utf8");
    expect(types).not.toContain("broadsheet.config");
    const bundles = join(app, "node_modules/broadsheet/functions/feedback");
    const code = readdirSync(bundles).map((file) => readFileSync(join(bundles, file), "utf8"));
    expect(code.join("\n")).not.toContain("editor@broadsheet.example");
  });

  test("is private, so npm publish refuses it", () => {
    const manifest = JSON.parse(readFileSync(join(app, "node_modules/broadsheet/package.json"), "utf8"));
    expect(manifest).toMatchObject({ private: true, license: "MIT", name: "broadsheet" });
    expect(Object.keys(manifest.dependencies)).toEqual(["sharp", "zod"]);
  });

  test("the guide's app compiles against its types, and a wrong prop doesn't", async () => {
    expect(existsSync(join(app, "bin/press.js"))).toBe(true);
    const right = readFileSync(join(app, "bin/press.ts"), "utf8");
    writeFileSync(join(app, "bin/wrong.ts"), right.replace('sendAt: "07:00"', "sendAt: 7"));
    await expect(run([tsc, "-p", ".", "--noEmit"])).rejects.toThrow(
      /wrong\.ts.*'number' is not assignable to type 'string/,
    );
    rmSync(join(app, "bin/wrong.ts"));
  });

  test("synthesises, with the app's config in every function, and each function starts", async () => {
    await run([cdk, "synth", "--quiet"]);
    const template = Template.parse(JSON.parse(readFileSync(join(app, "cdk.out/Press.template.json"), "utf8")));
    const functions = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::Lambda::Function");
    const ours = functions.filter(({ Properties }) => typeof Properties?.FunctionName === "string");
    expect(ours.map(({ Properties }) => Properties?.FunctionName).sort()).toEqual(
      contracts.map(({ name }) => `harbour-${name}`).sort(),
    );
    const assets = readdirSync(join(app, "cdk.out")).filter((name) =>
      existsSync(join(app, "cdk.out", name, "index.mjs")),
    );
    expect(assets.length).toBe(contracts.length);
    const code = (asset: string) =>
      readdirSync(join(app, "cdk.out", asset))
        .filter((file) => file.endsWith(".mjs"))
        .map((file) => readFileSync(join(app, "cdk.out", asset, file), "utf8"))
        .join("\n");
    expect(assets.filter((asset) => code(asset).includes("BROADSHEET_CONFIG"))).toEqual([]);
    expect(assets.filter((asset) => code(asset).includes("news@harbour-news.org")).length).toBeGreaterThan(8);
    const script = `for (const asset of ${JSON.stringify(assets)}) {
      const { handler } = await import(process.cwd() + "/cdk.out/" + asset + "/index.mjs");
      if (typeof handler !== "function") throw new Error(asset + " has no handler");
    }
    process.exit();`;
    await run(["--input-type=module", "-e", script]);
  });
});

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.looseObject({ FunctionName: z.unknown().optional() }).optional() }),
  ),
});

describe.skipIf(!isSetUp)("deployed from the package into the AWS emulator (npm run setup:e2e)", () => {
  let emulator: Emulator;
  let ses: RunningSes;
  let shell: ReturnType<typeof shellFor>;

  beforeAll(async () => {
    const port = await freePort();
    ses = await startSes({ port: 0, events: { eventBridgeEndpoint: `http://127.0.0.1:${port}` } });
    emulator = await startEmulator(port, { AWS_ENDPOINT_URL_SESV2: ses.url });
    shell = shellFor(emulator.url);
    await run([cdk, "bootstrap", `aws://${shell.CDK_DEFAULT_ACCOUNT}/${shell.AWS_REGION}`], shell);
  });

  afterAll(async () => {
    await Promise.all([emulator?.stop(), ses?.close()]);
  });

  test("answers commands", async () => {
    // The emulator doesn't assume the roles that bootstrapping makes, and has no alarms made of several metrics.
    const file = join(app, "bin/press.js");
    const text = readFileSync(file, "utf8").replace(
      '"Press")',
      '"Press", { synthesizer: new aws_cdk_lib_1.CliCredentialsStackSynthesizer() })',
    );
    writeFileSync(file, text);
    await run([cdk, "deploy", "--require-approval", "never", "-c", "broadsheet:emulator=true"], shell);
    const client = new LambdaClient({ endpoint: shell.AWS_ENDPOINT_URL, region: shell.AWS_REGION, credentials });
    const invoke = new InvokeCommand({
      FunctionName: "harbour-command",
      Payload: '{"do":"list","newsletter":"daily"}',
    });
    const answer = await client.send(invoke);
    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toMatchObject({ ok: true });
  });

  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
});
