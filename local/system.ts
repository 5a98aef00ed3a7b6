import { config } from "#broadsheet.config.ts";
import { region } from "./aws.ts";
import { folderVersion, type SystemRecord } from "./folder.ts";
import type { Host } from "./host/start.ts";

/** What the CLI needs to know of a running system. */
export function systemRecord(
  host: Host,
  endpoints: { dynamodb: string; sqs: string; sesv2: string },
  inbox: string | null,
): SystemRecord {
  return {
    v: folderVersion,
    stack: config.name,
    region,
    site: host.url,
    inbox,
    endpoints: { ...endpoints, lambda: host.url },
    queues: host.queues,
  };
}
