import { Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { bundledCode } from "./bundling/bundling.ts";
import { Broadsheet, type BroadsheetProps, type Surroundings } from "./constructs/broadsheet.ts";

type BroadsheetStackProps = StackProps & BroadsheetProps & Omit<Surroundings, "codeOf">;

/** The stack of a checkout: one `Broadsheet`, and nothing else. */
export class BroadsheetStack extends Stack {
  constructor(scope: Construct, id: string, props: BroadsheetStackProps) {
    super(scope, id, props);
    // CDK omits "Default" from logical ids, so resources keep the ids from before there was a construct.
    new Broadsheet(this, "Default", props, { ...props, codeOf: bundledCode });
  }
}
