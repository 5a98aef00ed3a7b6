import { config } from "#broadsheet.config.ts";
import { region } from "./aws.ts";
import { awsConfigFile } from "./aws-config.ts";
import { type Folder, folderVersion, type SystemRecord, writeSystem } from "./folder.ts";
import type { Host } from "./host/start.ts";

/** Writes the files with which the CLI and other AWS clients find the running system. */
export function announceSystem(
  folder: Folder,
  host: Host,
  others: { dynamodb: string; sqs: string; sesv2: string },
  inbox: string | null,
): void {
  const record: SystemRecord = {
    v: folderVersion,
    stack: config.name,
    region,
    site: host.url,
    inbox,
    endpoints: { ...others, lambda: host.url },
    queues: host.queues,
    credentials: host.credentials,
  };
  const endpoints = { ...record.endpoints, secretsManager: host.url, s3: host.url };
  writeSystem(folder, record, awsConfigFile(endpoints, host.credentials));
}
