import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";
import { feedWorkerFile } from "../package/layout.ts";

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

export const entryOf = (functionName: string) => `${root}functions/${functionName}/handler.ts`;

/** The process that reads feeds: a file of its own, beside the file of each function that starts it. */
export const feedWorker = { entry: `${root}adapters/feed-parsing/worker.ts`, file: feedWorkerFile } as const;

/**
 * Ways to credentials that a Lambda never takes: it finds them in its environment, where the SDK looks first. Left out,
 * they make each bundle a quarter smaller and a tenth faster to import; the SDK would load them only when it needs them.
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

/** What the SDK would load only where no Lambda gets to: other credentials, and in a browser what tells which it is. */
export const neverLoaded = [...otherCredentials, "bowser"];

/** Machine code cannot be in a bundle: the function that uses it carries it beside (`carry`). */
const machineCode = ["sharp"];
const external = [...neverLoaded, ...machineCode];

/** The clients that most of a bundle is made of, as `slim-clients.ts` copies them. */
export const slimClients: Readonly<Record<string, string>> = Object.fromEntries(
  ["dynamodb", "lambda", "secrets-manager", "sesv2", "sqs"].map((service) => [
    `@aws-sdk/client-${service}`,
    `${root}infra/compiled/client-${service}`,
  ]),
);

/** What bundles have in place of broadsheet.config.ts: the name below, for which the checked config is put in. */
export const configData = `${root}infra/bundling/config-data.js`;

/**
 * Modules of Node's that an `import` makes costly: it reads each of their exports, and some load what no function uses,
 * such as a second HTTP client by `node:http`. Those in infra/bundling/builtins/ ask Node for the same module without.
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

/** What esbuild takes in place of what is imported. */
export const aliases = { ...slimClients, ...builtins, "#broadsheet.config.ts": configData };

/**
 * How esbuild bundles what is deployed. Everything else is in it, the SDK too: the runtime's own copy is older and
 * slower to import. ESM; the banner gives the CommonJS inside the `require` that it expects.
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
  // Letters as they are: an escape of six bytes for each of Arabic, Hebrew and the HTML entities adds up to 40 KB.
  charset: "utf8" as const,
  external,
  alias: aliases,
  // To look at it costs eight milliseconds, and Node is never a browser: zod asks.
  define: { navigator: "undefined" },
  // Each client of the SDK carries its package.json for one version in the user agent: 11 KB in command.
  loader: { ".json": "empty" as const },
  banner: {
    js: "import{createRequire as __makeRequire}from'node:module';const require=__makeRequire(import.meta.url);",
  },
} satisfies BuildOptions;

/** What `import()` brings becomes a file of its own, which is read and compiled when it is first needed. */
export const chunked = {
  splitting: true,
  outExtension: { ".js": ".mjs" },
  chunkNames: "[name]-[hash]",
} satisfies BuildOptions;
