/**
 * What libheif decodes for one AVIF, read from its container (ISO/IEC 14496-12, 23008-12): a grid decodes its tiles as
 * often as it names them, alpha is a picture of its own, and each turn makes another copy, whatever size the file has.
 * All of it happens before libvips looks at its own limits of pixels and time.
 */
import { MOST_PIXELS } from "#domain/edition/content/picture.ts";

/** A picture and its alpha. */
const MOST_DECODED = 2 * MOST_PIXELS;
/** The standard allows one crop, one rotation and one mirroring of an item. */
const MOST_TURNS = 3;
/** Cameras and encoders write some dozens. */
const MOST_BOXES = 20_000;
/** Of references: a grid with alpha whose tiles have alpha has three. */
const MOST_DEPTH = 8;

const containers = new Set(["meta", "iprp", "ipco", "iinf", "iref"]);
const metadataTypes = new Set(["Exif", "mime", "uri "]);
const turnings = new Set(["irot", "imir", "clap"]);

/** `wide`: the container's version is not 0, so ids have 32 bits. */
type Box = { readonly type: string; readonly body: Buffer; readonly inside: string; readonly wide: boolean };
/** Undefined: the container doesn't say how large it is. */
type Item = { pixels: number | undefined; turns: number };

/** Why an AVIF isn't decoded: a clause that completes "it ". Undefined: it is. */
export function costlyPart(bytes: Buffer): string | undefined {
  const boxes = boxesOf(bytes);
  if (boxes === undefined) return `has more than ${MOST_BOXES} parts`;
  const items = itemsOf(boxes);
  if ([...items.values()].some(({ turns }) => turns > MOST_TURNS)) return "is turned more than once";
  const decoded = decodedPixels(items, partsOf(boxes));
  if (Math.max(0, ...pictureIds(boxes).map(decoded)) <= MOST_DECODED) return undefined;
  return `has parts of more than ${MOST_DECODED / 1_000_000} million pixels together`;
}

/**
 * Pixels that are decoded for an item: its own, and those of its parts, each as often as it is named. Without end for a
 * loop, and for a part of unknown size.
 */
function decodedPixels(items: ReadonlyMap<number, Item>, parts: ReadonlyMap<number, readonly number[]>) {
  const known = new Map<number, number>();
  const decoded = (id: number, depth: number): number => {
    const before = known.get(id);
    if (before !== undefined) return before;
    known.set(id, Number.POSITIVE_INFINITY);
    const of = depth > MOST_DEPTH ? [] : (parts.get(id) ?? []);
    const own = depth > MOST_DEPTH ? undefined : items.get(id)?.pixels;
    let pixels = own ?? Number.POSITIVE_INFINITY;
    for (const part of of) pixels += decoded(part, depth + 1);
    known.set(id, pixels);
    return pixels;
  };
  return (id: number) => decoded(id, 0);
}

/** All boxes, those of containers too; undefined: too many. */
function boxesOf(bytes: Buffer): Box[] | undefined {
  const boxes: Box[] = [];
  const waiting: Omit<Box, "type">[] = [{ inside: "", wide: false, body: bytes }];
  for (const { inside, wide, body: part } of waiting) {
    for (let at = 0; at + 8 <= part.length; ) {
      const { header, length } = sizeAt(part, at);
      const type = part.toString("latin1", at + 4, at + 8);
      const body = part.subarray(at + header, at + length);
      boxes.push({ type, body, inside, wide });
      if (boxes.length > MOST_BOXES) return undefined;
      if (containers.has(type)) waiting.push({ inside: type, ...contentOf(type, body) });
      at += length;
    }
  }
  return boxes;
}

/** Behind the container's version, and the number of boxes that iinf has before them. */
function contentOf(type: string, body: Buffer): Pick<Box, "body" | "wide"> {
  const wide = (body[0] ?? 0) > 0;
  if (type === "meta" || type === "iref") return { body: body.subarray(4), wide };
  return type === "iinf" ? { body: body.subarray(wide ? 8 : 6), wide } : { body, wide: false };
}

/** 1: the length follows in 64 bits; 0: up to the end. */
function sizeAt(part: Buffer, at: number): { header: number; length: number } {
  const length = part.readUInt32BE(at);
  if (length === 1 && at + 16 <= part.length)
    return { header: 16, length: Math.max(16, Number(part.readBigUInt64BE(at + 8))) };
  return { header: 8, length: length === 0 ? part.length - at : Math.max(8, length) };
}

/** Each item's size and turns, by its properties. */
function itemsOf(boxes: readonly Box[]): Map<number, Item> {
  // libheif leaves out free space before it counts.
  const properties = boxes.filter(({ type, inside }) => inside === "ipco" && type !== "free" && type !== "skip");
  const items = new Map<number, Item>();
  for (const { body } of boxes.filter(({ type }) => type === "ipma")) {
    for (const { id, named } of associationsIn(body)) {
      const item = items.get(id) ?? { pixels: undefined, turns: 0 };
      items.set(id, item);
      for (const property of named.map((index) => properties[index - 1])) {
        if (property?.type === "ispe") item.pixels = Math.max(item.pixels ?? 0, pixelsOf(property.body));
        if (property !== undefined && turnings.has(property.type)) item.turns += 1;
      }
    }
  }
  return items;
}

const pixelsOf = (ispe: Buffer) => (ispe.length < 12 ? 0 : ispe.readUInt32BE(4) * ispe.readUInt32BE(8));

function* associationsIn(ipma: Buffer): Generator<{ id: number; named: number[] }> {
  const read = reader(ipma);
  const version = read(1);
  const wide = (read(3) & 1) === 1;
  for (let left = read(4); left > 0 && !read.isOver(); left -= 1) {
    const id = read(version < 1 ? 2 : 4);
    const count = read(1);
    // The first bit says whether the property is essential.
    yield { id, named: Array.from({ length: count }, () => (wide ? read(2) & 0x7fff : read(1) & 0x7f)) };
  }
}

/** The items that may be decoded: all that aren't metadata. */
function pictureIds(boxes: readonly Box[]): number[] {
  return boxes.flatMap(({ type, body, inside }) => {
    if (type !== "infe" || inside !== "iinf") return [];
    const idBytes = (body[0] ?? 0) < 3 ? 2 : 4;
    const kind = body.toString("latin1", idBytes + 6, idBytes + 10);
    return metadataTypes.has(kind) ? [] : [reader(body.subarray(4))(idBytes)];
  });
}

/** The items that are decoded for another one: a grid's tiles, and a picture's alpha. */
function partsOf(boxes: readonly Box[]): Map<number, number[]> {
  const parts = new Map<number, number[]>();
  const add = (of: number, part: number) => {
    const known = parts.get(of) ?? [];
    parts.set(of, known);
    known.push(part);
  };
  for (const { type, body, wide } of boxes.filter(({ inside }) => inside === "iref")) {
    if (type !== "dimg" && type !== "auxl") continue;
    const read = reader(body);
    const size = wide ? 4 : 2;
    const from = read(size);
    for (let left = read(2); left > 0 && !read.isOver(); left -= 1) {
      const to = read(size);
      if (type === "dimg") add(from, to);
      else add(to, from);
    }
  }
  return parts;
}

/** Reads numbers one after another; 0 behind the end. */
function reader(bytes: Buffer) {
  let at = 0;
  const read = (length: number) => {
    const number = at + length > bytes.length ? 0 : bytes.readUIntBE(at, length);
    at += length;
    return number;
  };
  return Object.assign(read, { isOver: () => at >= bytes.length });
}
