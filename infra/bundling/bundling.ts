import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import type { Config } from "../deployment.ts";
import { type Beside, bundleFunction } from "./bundle.ts";
import { root } from "./esbuild-options.ts";

/** A function's code for CDK, which bundles it at synth only where the stack is asked for, and hashes what came of it. */
export const codeOf = (name: string, beside: Beside): AssetCode =>
  Code.fromAsset(`${root}functions/${name}`, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK takes two assets with equal options for one, and looks at no function to tell them apart.
      command: [name, JSON.stringify(beside)],
      // Never run: esbuild is here.
      image: DockerImage.fromRegistry("none"),
      local: {
        tryBundle(output) {
          bundleFunction(name, output, beside);
          return true;
        },
      },
    },
  });

/** The calendar files that the config names: what computes due times reads them. */
export const calendarFiles = ({ newsletters }: Config): string[] => [
  ...new Set(
    Object.values(newsletters).flatMap(({ skip }) =>
      skip.filter((one) => typeof one === "string").filter((one) => one.toLowerCase().endsWith(".ics")),
    ),
  ),
];
