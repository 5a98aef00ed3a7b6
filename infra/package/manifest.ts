import { readFileSync } from "node:fs";
import * as z from "zod";
import { root } from "../bundling/esbuild-options.ts";

const Checkout = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()),
});

/** The package's package.json. Versions are those tested with this checkout. */
export function manifest() {
  const checkout = Checkout.parse(JSON.parse(readFileSync(`${root}package.json`, "utf8")));
  const version = (name: string): string => {
    const found = checkout.dependencies[name];
    if (found === undefined) throw new Error(`package.json has no dependency ${name}, which the package needs.`);
    return found;
  };
  return {
    name: checkout.name,
    version: checkout.version,
    description: checkout.description,
    license: checkout.license,
    // Private: npm pack works and npm publish refuses, so it can't be published by accident under a name that belongs
    // to someone else.
    private: true,
    engines: { node: ">=20" },
    main: "index.js",
    types: "types/infra/package/index.d.ts",
    files: ["index.js", "feed-worker.mjs", "functions", "types", "THIRD-PARTY-LICENCES.txt"],
    // sharp has native code, which can't be bundled; the props' types are derived from zod's.
    dependencies: { sharp: version("sharp"), zod: version("zod") },
    peerDependencies: { "aws-cdk-lib": `^${version("aws-cdk-lib")}`, constructs: `^${version("constructs")}` },
  };
}
