import { plain } from "./pictures.ts";

/** A property of an item, or any other box of AVIF's container. */
export const box = (type: string, ...parts: readonly Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([number(body.length + 8, 4), Buffer.from(type), body]);
};
export const versioned = (type: string, version: number, ...parts: readonly Buffer[]) =>
  box(type, Buffer.from([version, 0, 0, 0]), ...parts);

export function number(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

export const sizeOf = (width: number, height: number) => versioned("ispe", 0, number(width, 4), number(height, 4));
const alpha = versioned("auxC", 0, Buffer.from("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0"));
const quarterTurn = box("irot", Buffer.from([1]));

/** One item: its properties count from 1 in the file's list. */
type Item = { readonly type: string; readonly data: Buffer; readonly properties: readonly number[] };
type Reference = { readonly type: "dimg" | "auxl"; readonly from: number; readonly to: readonly number[] };

/** The compressed picture of a plain AVIF, and how it is coded. */
async function coded(width: number, height: number): Promise<{ data: Buffer; coding: Buffer; size: Buffer }> {
  const file = await plain({ width, height }).flatten().avif({ effort: 0 }).toBuffer();
  const at = (type: string) => file.indexOf(type) - 4;
  const boxAt = (start: number) => file.subarray(start, start + file.readUInt32BE(start));
  return { data: boxAt(at("mdat")).subarray(8), coding: boxAt(at("av1C")), size: sizeOf(width, height) };
}

/** An AVIF of these items; the first is shown. */
function avif(items: readonly Item[], properties: readonly Buffer[], references: readonly Reference[]): Buffer {
  const type = box("ftyp", Buffer.from("avif\0\0\0\0avifmif1miaf"));
  const ids = items.map((item, index) => ({ ...item, id: number(index + 1, 2) }));
  const infos = ids.map(({ id, type }) => versioned("infe", 2, id, number(0, 2), Buffer.from(`${type}\0`)));
  const links = references.map(({ type, from, to }) =>
    box(type, number(from, 2), number(to.length, 2), ...to.map((id) => number(id, 2))),
  );
  const named = ids.map(({ id, properties }) => Buffer.concat([id, Buffer.from([properties.length, ...properties])]));
  const metaFrom = (start: number) => {
    let end = start;
    const places = ids.map(({ id, data }) => {
      end += data.length;
      return Buffer.concat([id, number(0, 2), number(1, 2), number(end - data.length, 4), number(data.length, 4)]);
    });
    return versioned(
      "meta",
      0,
      versioned("hdlr", 0, number(0, 4), Buffer.from("pict"), Buffer.alloc(13)),
      versioned("pitm", 0, number(1, 2)),
      versioned("iloc", 0, Buffer.from([0x44, 0]), number(items.length, 2), ...places),
      versioned("iinf", 0, number(items.length, 2), ...infos),
      versioned("iref", 0, ...links),
      box("iprp", box("ipco", ...properties), versioned("ipma", 0, number(items.length, 4), ...named)),
    );
  };
  const meta = metaFrom(type.length + metaFrom(0).length + 8);
  return Buffer.concat([type, meta, box("mdat", ...items.map(({ data }) => data))]);
}

const grid = (across: number, width: number, height: number) =>
  Buffer.concat([Buffer.from([0, 1, across - 1, across - 1]), number(width, 4), number(height, 4)]);

/** A square grid that shows one tile of `side` pixels again and again, cut to 600 by 400. */
export async function avifGrid(across: number, side: number): Promise<Buffer> {
  const { data, coding, size } = await coded(side, side);
  const items = [
    { type: "grid", data: grid(across, 600, 400), properties: [1] },
    { type: "av01", data, properties: [2, 3] },
  ];
  const to = Array<number>(across * across).fill(2);
  return avif(items, [sizeOf(600, 400), size, coding], [{ type: "dimg", from: 1, to }]);
}

/** A grid that shows itself, or of which each tile is a grid of grids again, down to one tile of 64 by 64 pixels. */
export async function avifGrids(depth: "endless" | number): Promise<Buffer> {
  const { data, coding, size } = await coded(64, 64);
  const levels = depth === "endless" ? 1 : depth;
  const items = [
    ...Array.from({ length: levels }, () => ({ type: "grid", data: grid(8, 600, 400), properties: [1] })),
    { type: "av01", data, properties: [2, 3] },
  ];
  const links = Array.from({ length: levels }, (_, at) => {
    const tile = depth === "endless" ? at + 1 : at + 2;
    return { type: "dimg", from: at + 1, to: Array<number>(64).fill(tile) } as const;
  });
  return avif(items, [sizeOf(600, 400), size, coding], links);
}

/**
 * A picture of 600 by 400 whose alpha plane says it has another size, or none. `space`: free space before that size.
 */
export async function avifWithAlpha(alphaSize: readonly [number, number] | undefined, space = false): Promise<Buffer> {
  const { data, coding, size } = await coded(600, 400);
  const sized = alphaSize && [...(space ? [box("free", Buffer.alloc(4))] : []), size, sizeOf(...alphaSize)];
  const items = [
    { type: "av01", data, properties: [1, 2] },
    { type: "av01", data, properties: sized === undefined ? [2, 3] : [2, 3, 5] },
  ];
  return avif(items, [size, coding, alpha, ...(sized ?? [])], [{ type: "auxl", from: 2, to: [1] }]);
}

/** A picture of ten by ten tiles that are small, and share an alpha plane that is large. */
export async function avifTileAlpha(): Promise<Buffer> {
  const { data, coding, size } = await coded(64, 64);
  const tiles = Array.from({ length: 100 }, () => ({ type: "av01", data, properties: [2, 4] }));
  const items = [
    { type: "grid", data: grid(10, 600, 400), properties: [1] },
    ...tiles,
    { type: "av01", data, properties: [3, 4, 5] },
  ];
  const to = tiles.map((_, at) => at + 2);
  const links: Reference[] = [
    { type: "dimg", from: 1, to },
    { type: "auxl", from: 102, to },
  ];
  return avif(items, [sizeOf(600, 400), size, sizeOf(1_100, 1_000), coding, alpha], links);
}

/** A picture of 600 by 400, turned again and again. */
export async function avifTurned(times: number): Promise<Buffer> {
  const { data, coding, size } = await coded(600, 400);
  const properties = [1, 2, ...Array<number>(times).fill(3)];
  return avif([{ type: "av01", data, properties }], [size, coding, quarterTurn], []);
}
