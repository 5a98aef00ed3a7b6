import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { CodeOf } from "../deployment.ts";
import { bundleFunction } from "./bundle.ts";
import { root } from "./esbuild-options.ts";

/** Functions' code for CDK, which bundles it at synth only for requested stacks, and hashes the result. */
export const bundledCode: CodeOf = (config) => (name, beside) =>
  Code.fromAsset(`${root}functions/${name}`, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK treats two assets with equal options as one, and doesn't compare functions, so each needs a different
      // option.
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
