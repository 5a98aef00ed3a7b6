import { DispatchRequest, type DispatchResponse } from "./contract.ts";
import { open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

export async function handler(event: unknown): Promise<DispatchResponse> {
  opened ??= open();
  return opened(DispatchRequest.parse(event));
}
