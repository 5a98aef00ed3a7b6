import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";
import { feedWorkerFile } from "../package/layout.ts";

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

export const entryOf = (functionName: string) => `${root}functions/${functionName}/handler.ts`;

/** The process that reads feeds: a separate file next to each function that starts it. */
export const feedWorker = { entry: `${root}adapters/feed-parsing/worker/worker.ts`, file: feedWorkerFile } as const;

/**
 * Credential providers that a Lambda never uses, because its credentials are in the environment, where the SDK looks
 * first. Without them, each bundle is a quarter smaller and imports a tenth faster.
 */
const otherCredentials = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-login",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@aws-sdk/token-providers",
  "@smithy/credential-provider-imds",
];

/** Modules of the SDK that no Lambda uses: other credentials, and browser detection. */
export const neverLoaded = [...otherCredentials, "bowser"];

/** Native modules can't be in a bundle; they are added next to it (`carry`). */
const machineCode = ["sharp"];
const external = [...neverLoaded, ...machineCode];

/** The SDK's clients, which are most of a bundle, as copied by `slim-packages.ts`. */
export const slimClients: Readonly<Record<string, string>> = Object.fromEntries(
  ["dynamodb", "lambda", "s3", "secrets-manager", "sesv2", "sqs"].map((service) => [
    `@aws-sdk/client-${service}`,
    `${root}infra/compiled/client-${service}`,
  ]),
);

/** zod without JSON schemas, as copied by `slim-packages.ts`: a fifth of it. */
export const slimZod = { zod: `${root}infra/compiled/zod` } as const;

/** Replaces broadsheet.config.ts in bundles: the checked config is put in for this name. */
const configData = `${root}infra/bundling/config-data.js`;

/**
 * Node modules that are slow to `import`, because that reads all their exports, and some load what no function uses,
 * such as a second HTTP client by `node:http`. Those in infra/bundling/builtins/ get the same module from Node without
 * that.
 */
const builtins: Readonly<Record<string, string>> = Object.fromEntries(
  ["crypto", "fs", "fs/promises", "http", "https"].flatMap((name) => {
    const file = `${root}infra/bundling/builtins/${name.replace("/", "-")}.cjs`;
    return [
      [`node:${name}`, file],
      [name, file],
    ];
  }),
);

/** Replacements of imports for esbuild. `push` describes its API by its schemas, so it has all of zod. */
export const aliasesOf = (functionName?: string): Readonly<Record<string, string>> => ({
  ...slimClients,
  ...(functionName === "push" ? {} : slimZod),
  ...builtins,
  "#broadsheet.config.ts": configData,
});

/**
 * esbuild's options for deployed code. Bundles contain everything else, including the SDK, because the runtime's copy
 * is older and slower to import. ESM; the banner provides `require` for CommonJS code inside.
 */
export const esbuildOptions = {
  bundle: true,
  absWorkingDir: root,
  metafile: true as const,
  logLevel: "warning" as const,
  platform: "node" as const,
  format: "esm" as const,
  target: "node24",
  mainFields: ["module", "main"],
  minify: true,
  // Without escaping letters: six bytes for each Arabic or Hebrew letter and HTML entity would add 40 KB.
  charset: "utf8" as const,
  external,
  alias: aliasesOf(),
  // zod checks for a browser, which costs eight milliseconds in Node.
  define: { navigator: "undefined" },
  // Each client of the SDK carries its package.json for one version in the user agent: 11 KB in command.
  loader: { ".json": "empty" as const },
  banner: {
    js: "import{createRequire as __makeRequire}from'node:module';const require=__makeRequire(import.meta.url);",
  },
} satisfies BuildOptions;

/** Each `import()` becomes a separate file, read and compiled when first needed. */
export const chunked = {
  splitting: true,
  outExtension: { ".js": ".mjs" },
  chunkNames: "[name]-[hash]",
} satisfies BuildOptions;
