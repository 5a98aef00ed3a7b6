import { randomBytes } from "node:crypto";
import * as z from "zod";

export const region = "us-east-1";

/**
 * Region and credentials of a local system, which aren't valid for any real account. The table, the queues and SES
 * accept any credentials; Lambda, Secrets Manager and S3 require those of the run.
 */
export const localAws = { region, credentials: { accessKeyId: "local", secretAccessKey: "local" } } as const;

/** Credentials of one run of the host. The session token is the secret part. */
export const RunCredentials = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
});
export type RunCredentials = z.infer<typeof RunCredentials>;

export const makeRunCredentials = (): RunCredentials => ({
  ...localAws.credentials,
  sessionToken: randomBytes(32).toString("base64url"),
});

export const account = "000000000000";

/** AWS services of a local system, with the SDK's environment variables for their endpoints. */
export type Endpoints = {
  dynamodb: string;
  sqs: string;
  sesv2: string;
  lambda: string;
  secretsManager: string;
  s3: string;
};

/**
 * Points this process's AWS clients at the local system, and removes the shell's AWS account from their environment, so
 * handlers only work locally.
 */
export function useLocalAws(endpoints: Endpoints, credentials: RunCredentials): void {
  for (const name of [
    "AWS_PROFILE",
    "AWS_ENDPOINT_URL",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  ]) {
    delete process.env[name];
  }
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_SESV2: endpoints.sesv2,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
  });
}
