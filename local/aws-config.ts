import { type Endpoints, type RunCredentials, region } from "./aws.ts";

/**
 * The running system as an AWS config file: with `AWS_CONFIG_FILE` set to it, the AWS CLI and every SDK reach the
 * local system's services with the credentials of the run.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function awsConfigFile(endpoints: Endpoints, credentials: RunCredentials): string {
  const services = {
    dynamodb: endpoints.dynamodb,
    lambda: endpoints.lambda,
    s3: endpoints.s3,
    secrets_manager: endpoints.secretsManager,
    sesv2: endpoints.sesv2,
    sqs: endpoints.sqs,
  };
  return [
    "# AWS_CONFIG_FILE=THIS-FILE aws lambda invoke … reaches this machine's Broadsheet. Rewritten at each start.",
    "[default]",
    `region = ${region}`,
    `aws_access_key_id = ${credentials.accessKeyId}`,
    `aws_secret_access_key = ${credentials.secretAccessKey}`,
    `aws_session_token = ${credentials.sessionToken}`,
    "services = broadsheet",
    "",
    "[services broadsheet]",
    ...Object.entries(services).map(([name, url]) => `${name} =\n  endpoint_url = ${url}`),
    "",
  ].join("\n");
}
