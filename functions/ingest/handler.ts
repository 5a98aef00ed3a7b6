import { ingest } from "#usecases/articles/ingest.ts";
import { IngestRequest, type IngestResponse } from "./contract.ts";
import { open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

export async function handler(event: unknown): Promise<IngestResponse> {
  opened ??= open();
  return ingest(opened, IngestRequest.parse(event ?? {}));
}
