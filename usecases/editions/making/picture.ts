import { type PictureCopy, withCopy, withoutPicture } from "#domain/edition/content/picture.ts";
import type { PictureShape } from "#domain/edition/content/picture-size.ts";
import type { EditionContent, Focus, StoryImage } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";

/** Returns our copy of the picture at an address, or the reason why there is none. */
type CopyPicture = (request: { url: string; shape: PictureShape; focus?: Focus }) => Promise<Outcome<PictureCopy>>;

export type PicturePorts = {
  /** Our copy of a picture; null: the deployment makes no copies. */
  keepPicture: CopyPicture | null;
};

/**
 * The edition with our copies of its pictures; a picture that can't be copied is left out, with a reason for editors.
 * @param before the content of its last revision; copies that it shows aren't requested again
 */
export async function withPictures(
  { keepPicture }: PicturePorts,
  content: EditionContent,
  before: EditionContent | null,
): Promise<EditionContent> {
  if (keepPicture === null) return content;
  const kept = await Promise.all(
    picturesOf(content).map(async ({ of, image, shape }) => {
      const shown = copyIn(before, image, shape);
      const { url, focus } = image;
      const request = { url, shape, ...(focus === undefined ? {} : { focus }) };
      return { of, image, answer: shown ? done(shown) : await keepPicture(request) };
    }),
  );
  return kept.reduce(
    (made, { of, image, answer }) =>
      answer.ok ? withCopy(made, of, image, answer.value) : withoutPicture(made, of, answer.fault.message),
    content,
  );
}

function picturesOf({ lead, headlines }: EditionContent) {
  const small = headlines.flatMap(({ image }, of) => (image ? [{ of, image, shape: "small" } as const] : []));
  return [...(lead.image ? [{ of: "lead", image: lead.image, shape: "column" } as const] : []), ...small];
}

/** The copy that a revision shows of a picture in this shape; undefined: none. */
function copyIn(
  revision: EditionContent | null,
  { url, focus }: StoryImage,
  shape: PictureShape,
): Omit<PictureCopy, "bytes"> | undefined {
  if (revision === null) return undefined;
  const isSame = ({ image: { from, focus: of } }: { image: StoryImage }) =>
    from === url && of?.x === focus?.x && of?.y === focus?.y;
  const shown = picturesOf(revision).find((one) => one.shape === shape && isSame(one))?.image;
  return shown && shown.width !== null && shown.height !== null
    ? { url: shown.url, width: shown.width, height: shown.height }
    : undefined;
}

/** Removes all pictures if the deployment has none: an email never loads a source's own. */
const withoutPictures: CopyPicture = async () =>
  fault("bad-request", "this deployment has no pictures (pictures: false in broadsheet.config.ts).");

/** @param invoke undefined: the deployment has no pictures */
export const pictureKeeper = (invoke: CopyPicture | undefined, now: () => Instant): CopyPicture =>
  invoke === undefined ? withoutPictures : rememberingKeeper(invoke, now);

/** A picture that failed isn't requested again at each decision. */
const REMEMBERED_MS = 10 * 60_000;

/**
 * Remembers failures, also of the function itself.
 * @param invoke throws where the function failed
 */
export function rememberingKeeper(invoke: CopyPicture, now: () => Instant): CopyPicture {
  const failed = new Map<string, { at: number; answer: Outcome<PictureCopy> }>();
  return async (request) => {
    const name = `${request.shape} ${request.focus?.x} ${request.focus?.y} ${request.url}`;
    const before = failed.get(name);
    if (before && fromInstant(now()) - before.at < REMEMBERED_MS) return before.answer;
    const answer = await invoke(request).catch(() =>
      fault("internal", `the function that copies pictures failed at ${request.url}; its log says why.`),
    );
    if (answer.ok) failed.delete(name);
    else failed.set(name, { at: fromInstant(now()), answer });
    return answer;
  };
}
