import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { putBeside } from "../bundling/beside.ts";
import type { CodeOf } from "../deployment.ts";
import { configName, feedWorkerFile } from "./layout.ts";

/** The package's folder. The build puts in `__dirname`, which a CommonJS file has. */
const here = import.meta.dirname;

/** Functions' code from the package's bundles: into a copy goes the config, and what else lies beside the code. */
export const prebuiltCode: CodeOf = (config) => (name, beside) =>
  Code.fromAsset(join(here, "functions", name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK takes two assets with equal options for one, and looks at no function to tell them apart.
      command: [name, JSON.stringify(beside), JSON.stringify(config)],
      // Never run: nothing is left to build.
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
    // A function, because a config may hold what has a meaning in a replacement, such as $&.
    if (text.includes(configName))
      writeFileSync(
        path,
        text.replaceAll(configName, () => `(${config})`),
      );
  }
}
