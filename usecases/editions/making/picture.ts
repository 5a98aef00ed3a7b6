import { withCopy, withoutPicture } from "#domain/edition/content/picture.ts";
import type { EditionContent } from "#domain/edition/edition.ts";
import { fault } from "#domain/outcome.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import type { PictureRequest, PictureResponse } from "#functions/pictures/contract.ts";

export type PicturePorts = {
  /** Our copy of a picture; null: pictures stay where their sources have them. */
  keepPicture: ((request: PictureRequest) => Promise<PictureResponse>) | null;
};

/**
 * The edition as it is sent: with our copy of its lead's picture, or without one and a reason for its editors. Never a
 * failure, for news without a picture is news.
 * @param before what its last revision says; a copy that it shows is not asked for again
 */
export async function withPicture(
  { keepPicture }: PicturePorts,
  content: EditionContent,
  before: EditionContent | null,
): Promise<EditionContent> {
  const { image } = content.lead;
  if (image === null || keepPicture === null) return content;
  const shown = before?.lead.image;
  if (shown?.from === image.url && shown.width !== null && shown.height !== null) {
    return withCopy(content, image, { url: shown.url, width: shown.width, height: shown.height });
  }
  const kept = await keepPicture({ url: image.url });
  return kept.ok ? withCopy(content, image, kept.value) : withoutPicture(content, kept.fault.message);
}

/** A picture that could not be had is not asked for again at each decision. */
const REMEMBERED_MS = 10 * 60_000;

/**
 * Remembers what failed. That the function itself failed is an answer, too.
 * @param invoke throws where the function failed
 */
export function patientKeeper(
  invoke: (request: PictureRequest) => Promise<PictureResponse>,
  now: () => Instant,
): (request: PictureRequest) => Promise<PictureResponse> {
  const failed = new Map<string, { at: number; answer: PictureResponse }>();
  return async (request) => {
    const before = failed.get(request.url);
    if (before && fromInstant(now()) - before.at < REMEMBERED_MS) return before.answer;
    const answer = await invoke(request).catch(() =>
      fault("internal", `the function that copies pictures failed at ${request.url}; its log says why.`),
    );
    if (answer.ok) failed.delete(request.url);
    else failed.set(request.url, { at: fromInstant(now()), answer });
    return answer;
  };
}
