/** The CDK app of the trial: what a checkout deploys, but nothing in it outlives the trial. */
import { App, CfnResource, CliCredentialsStackSynthesizer, RemovalPolicies } from "aws-cdk-lib";
import * as z from "zod";
import { BroadsheetStack } from "#infra/stack.ts";
import { CONFIG_VARIABLE, trialConfig } from "./settings.ts";

const given = z
  .object({ sender: z.string(), region: z.string().optional(), emulator: z.boolean() })
  .parse(JSON.parse(process.env[CONFIG_VARIABLE] ?? "{}"));
const config = trialConfig(given.sender, given.region);
const app = new App();
const stack = new BroadsheetStack(app, config.name, {
  config,
  emulator: given.emulator,
  allowOrigins: "",
  description: "A trial of Broadsheet. Delete it.",
  ...(given.region === undefined ? {} : { env: { region: given.region } }),
  ...(given.emulator ? { synthesizer: new CliCredentialsStackSynthesizer() } : {}),
});

RemovalPolicies.of(stack).destroy();
for (const made of stack.node.findAll().filter((node) => CfnResource.isCfnResource(node))) {
  const { cfnResourceType: type } = made;
  if (type === "AWS::DynamoDB::GlobalTable") made.addPropertyOverride("Replicas.0.DeletionProtectionEnabled", false);
  if (type === "AWS::Cognito::UserPool") made.addPropertyOverride("DeletionProtection", "INACTIVE");
  // Lambda then logs a line for each start, with its time and memory.
  if (type === "AWS::Lambda::Function") made.addPropertyOverride("LoggingConfig.SystemLogLevel", "INFO");
}
