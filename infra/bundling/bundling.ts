import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { CodeOf } from "../deployment.ts";
import { bundleFunction } from "./bundle.ts";
import { root } from "./esbuild-options.ts";

/** Functions' code for CDK, which bundles it at synth only where the stack is asked for, and hashes what came of it. */
export const bundledCode: CodeOf = (config) => (name, beside) =>
  Code.fromAsset(`${root}functions/${name}`, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK takes two assets with equal options for one, and looks at no function to tell them apart.
      command: [name, JSON.stringify(beside), JSON.stringify(config)],
      // Never run: esbuild is here.
      image: DockerImage.fromRegistry("none"),
      local: {
        tryBundle(output) {
          bundleFunction(name, output, beside, config);
          return true;
        },
      },
    },
  });
