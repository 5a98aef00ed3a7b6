import { keepPicture } from "#usecases/editions/making/copy-picture.ts";
import { PictureRequest, type PictureResponse } from "./contract.ts";
import { logger, open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

export async function handler(event: unknown): Promise<PictureResponse> {
  opened ??= open();
  const kept = await keepPicture(opened, PictureRequest.parse(event));
  if (!kept.ok) logger.warn("a picture was not kept", kept.fault);
  return kept;
}
