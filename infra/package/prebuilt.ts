import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { putBeside } from "../bundling/beside.ts";
import type { CodeOf } from "../deployment.ts";
import { configName, feedWorkerFile } from "./layout.ts";

/** The package's folder; in the built CommonJS file, this is `__dirname`. */
const here = import.meta.dirname;

/** Functions' code from the package's bundles: a copy with the config and further files. */
export const prebuiltCode: CodeOf = (config) => (name, beside) =>
  Code.fromAsset(join(here, "functions", name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK treats two assets with equal options as one, and doesn't compare functions, so each needs a different
      // option.
      command: [name, JSON.stringify(beside), JSON.stringify(config)],
      // Never runs, because there is nothing to build.
      image: DockerImage.fromRegistry("none"),
      local: {
        tryBundle(output) {
          cpSync(join(here, "functions", name), output, { recursive: true });
          if (beside.hasFeedWorker) cpSync(join(here, feedWorkerFile), join(output, feedWorkerFile));
          putConfig(output, JSON.stringify(config));
          putBeside(output, beside, { files: process.cwd(), modules: here });
          return true;
        },
      },
    },
  });

function putConfig(folder: string, config: string): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".mjs"))) {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    // A function as replacement, because a config may contain special patterns such as $&.
    if (text.includes(configName))
      writeFileSync(
        path,
        text.replaceAll(configName, () => `(${config})`),
      );
  }
}
