import { formatOf, type PictureCopy, pictureName } from "#domain/edition/content/picture.ts";
import type { PictureShape } from "#domain/edition/content/picture-size.ts";
import type { Focus } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";

/** A stored picture. */
type Kept = { readonly bytes: number; readonly width: number; readonly height: number };
/** A copy suitable for email, as JPEG. */
export type Made = { readonly jpeg: Uint8Array; readonly width: number; readonly height: number };

export type KeepPorts = {
  fetch: (request: {
    url: string;
  }) => Promise<
    | { kind: "fetched"; bytes: Uint8Array }
    | { kind: "unchanged" }
    | { kind: "refused" | "gone" | "failed"; message: string }
  >;
  /** @throws the decoder's error if the file can't be read or can't have this shape */
  resize: (picture: Uint8Array, shape: PictureShape, focus?: Focus) => Promise<Made>;
  shelf: {
    find: (name: string) => Promise<Kept | undefined>;
    put: (name: string, made: Made) => Promise<void>;
  };
  addressOf: (name: string) => string;
};

type CopyRequest = { url: string; shape: PictureShape; focus?: Focus | undefined };

/** Our copy of the picture at this address: an existing one, or one made now. */
export async function keepPicture(ports: KeepPorts, request: CopyRequest): Promise<Outcome<PictureCopy>> {
  const name = pictureName(request.url, request.shape, request.focus);
  const answer = ({ bytes, width, height }: Kept): Outcome<PictureCopy> =>
    done({ url: ports.addressOf(name), width, height, bytes });
  const kept = await ports.shelf.find(name);
  if (kept) return answer(kept);
  const made = await copied(ports, request);
  if (!made.ok) return made;
  const { jpeg, width, height } = made.value;
  await ports.shelf.put(name, made.value);
  return answer({ bytes: jpeg.byteLength, width, height });
}

async function copied(ports: KeepPorts, { url: source, shape, focus }: CopyRequest): Promise<Outcome<Made>> {
  const fetched = await ports.fetch({ url: source });
  if (fetched.kind === "refused") return fault("fetch-refused", fetched.message);
  if (fetched.kind !== "fetched") {
    return fault("fetch-failed", fetched.kind === "unchanged" ? `${source} sent nothing.` : fetched.message);
  }
  if (formatOf(fetched.bytes) === undefined) {
    return fault("not-a-picture", `${source} isn’t a JPEG, PNG, GIF, WebP or AVIF. Choose another picture.`);
  }
  try {
    return done(await ports.resize(fetched.bytes, shape, focus));
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : "no reason given";
    return fault("not-a-picture", `${source} can’t be used in an email: ${why}. Choose another picture.`);
  }
}
