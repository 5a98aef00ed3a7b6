import { formatOf, LEAST_WIDTH, pictureName } from "#domain/edition/content/picture.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Picture, PictureResponse } from "#functions/pictures/contract.ts";

/** A picture as it is kept. */
export type Kept = { readonly bytes: number; readonly width: number; readonly height: number };
/** A copy fit for mail: JPEG. */
export type Made = { readonly jpeg: Uint8Array; readonly width: number; readonly height: number };

export type KeepPorts = {
  fetch: (request: {
    url: string;
  }) => Promise<
    | { kind: "fetched"; bytes: Uint8Array }
    | { kind: "unchanged" }
    | { kind: "refused" | "gone" | "failed"; message: string }
  >;
  /** @throws what a decoder throws at a file it cannot read */
  resize: (picture: Uint8Array) => Promise<Made>;
  shelf: {
    find: (name: string) => Promise<Kept | undefined>;
    put: (name: string, made: Made) => Promise<void>;
  };
  addressOf: (name: string) => string;
};

/** Our copy of the picture at this address: the one there is, or one made now. */
export async function keepPicture(ports: KeepPorts, source: string): Promise<PictureResponse> {
  const name = pictureName(source);
  const answer = ({ bytes, width, height }: Kept): Outcome<Picture> =>
    done({ url: ports.addressOf(name), width, height, bytes });
  const kept = await ports.shelf.find(name);
  if (kept) return answer(kept);
  const made = await copied(ports, source);
  if (!made.ok) return made;
  const { jpeg, width, height } = made.value;
  await ports.shelf.put(name, made.value);
  return answer({ bytes: jpeg.byteLength, width, height });
}

async function copied(ports: KeepPorts, source: string): Promise<Outcome<Made>> {
  const fetched = await ports.fetch({ url: source });
  if (fetched.kind === "refused") return fault("fetch-refused", fetched.message);
  if (fetched.kind !== "fetched") {
    return fault("fetch-failed", fetched.kind === "unchanged" ? `${source} sent nothing.` : fetched.message);
  }
  if (formatOf(fetched.bytes) === undefined) {
    return fault("not-a-picture", `${source} is no JPEG, PNG, GIF, WebP or AVIF. Choose another picture.`);
  }
  try {
    const made = await ports.resize(fetched.bytes);
    return made.width < LEAST_WIDTH
      ? fault("not-a-picture", `${source} is ${made.width} pixels wide, too small to show. Choose another picture.`)
      : done(made);
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : "no reason given";
    return fault("not-a-picture", `${source} cannot be made into a picture for mail (${why}). Choose another picture.`);
  }
}
