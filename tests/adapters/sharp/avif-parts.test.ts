import { expect, test } from "vitest";
import { costlyPart } from "#adapters/sharp/avif-parts.ts";
import { box, number, sizeOf, versioned } from "../../testing/editions/avif.ts";

/** The forms that a container can have; the reader of each sees the same picture with the same alpha plane. */
type Form = {
  readonly idBytes?: 2 | 4;
  readonly indexBytes?: 1 | 2;
  readonly isEssential?: boolean;
  readonly lists?: 1 | 2;
  readonly lengths?: "64 bits" | "to the end";
  readonly before?: readonly Buffer[];
};

/** A box whose length is written in another way. */
function boxOf(lengths: Form["lengths"], type: string, ...parts: readonly Buffer[]): Buffer {
  if (lengths === undefined) return box(type, ...parts);
  const body = Buffer.concat(parts);
  const [short, long] = lengths === "64 bits" ? [1, [number(0, 4), number(body.length + 16, 4)]] : [0, []];
  return Buffer.concat([number(short, 4), Buffer.from(type), ...long, body]);
}

/** Picture 1, and its alpha 2 with these sizes, of which each is a property. */
function container(alpha: readonly (readonly [number, number])[], form: Form = {}): Buffer {
  const { idBytes = 2, indexBytes = 1, isEssential = false, lists = 1, lengths, before = [] } = form;
  const isWide = idBytes === 4;
  const sizes = [sizeOf(600, 400), ...alpha.map(([width, height]) => sizeOf(width, height))];
  // Behind 300 others, so an index of two bytes needs both.
  const others = indexBytes === 2 ? Array<Buffer>(300).fill(box("pasp", Buffer.alloc(8))) : [];
  const index = (at: number) =>
    number(others.length + at + (isEssential ? (indexBytes === 2 ? 0x80_00 : 0x80) : 0), indexBytes);
  const entry = (id: number, at: readonly number[]) =>
    Buffer.concat([number(id, idBytes), number(at.length, 1), ...at.map(index)]);
  const entries = [
    entry(1, [1]),
    entry(
      2,
      alpha.map((_, at) => at + 2),
    ),
  ];
  const flags = Buffer.from([isWide ? 1 : 0, 0, 0, indexBytes - 1]);
  const list = (part: readonly Buffer[]) => box("ipma", flags, number(part.length, 4), ...part);
  const associations = lists === 1 ? [list(entries)] : entries.map((one) => list([one]));
  const infos = [1, 2].map((id) =>
    versioned("infe", isWide ? 3 : 2, number(id, idBytes), number(0, 2), Buffer.from("av01\0")),
  );
  const link = box("auxl", number(2, idBytes), number(1, 2), number(1, idBytes));
  const meta = boxOf(
    lengths,
    "meta",
    number(0, 4),
    versioned("iinf", isWide ? 1 : 0, number(2, isWide ? 4 : 2), ...infos),
    versioned("iref", isWide ? 1 : 0, link),
    boxOf(lengths, "iprp", box("ipco", ...others, ...sizes), ...associations),
  );
  return Buffer.concat([box("ftyp", Buffer.from("avif\0\0\0\0")), ...before, meta]);
}

const huge = [16_000, 16_000] as const;
const small = [600, 400] as const;

test.each<[string, Form]>([
  ["as encoders write it", {}],
  ["with ids of 32 bits", { idBytes: 4 }],
  ["with indexes of 15 bits", { indexBytes: 2 }],
  ["with essential properties", { isEssential: true }],
  ["with essential properties and indexes of 15 bits", { isEssential: true, indexBytes: 2 }],
  ["with a list of properties for each item", { lists: 2 }],
  ["with lengths of 64 bits", { lengths: "64 bits" }],
  ["with boxes up to the end", { lengths: "to the end" }],
  ["behind other boxes", { before: [box("free", Buffer.alloc(99)), box("mdat", Buffer.alloc(999))] }],
])("an alpha plane counts in a container %s", (_what, form) => {
  expect(costlyPart(container([small], form))).toBeUndefined();
  expect(costlyPart(container([huge], form))).toMatch(/more than 100 million pixels/);
});

test("of two sizes, the larger counts, in either order", () => {
  for (const sizes of [
    [huge, small],
    [small, huge],
  ])
    expect(costlyPart(container(sizes))).toMatch(/more than 100 million pixels/);
});

test("a file of nothing but boxes is given up", () => {
  const boxes = (count: number) => Array<Buffer>(count).fill(box("free"));
  expect(costlyPart(container([small], { before: boxes(19_000) }))).toBeUndefined();
  expect(costlyPart(container([small], { before: boxes(21_000) }))).toMatch(/more than 20000 parts/);
});

/** Item 1 is made from 2, that from 3, and so on. */
function chain(items: number): Buffer {
  const ids = Array.from({ length: items }, (_, at) => at + 1);
  const entries = ids.map((id) => Buffer.concat([number(id, 2), Buffer.from([1, 1])]));
  const infos = ids.map((id) => versioned("infe", 2, number(id, 2), number(0, 2), Buffer.from("iden\0")));
  const links = ids.slice(1).map((id) => box("dimg", number(id - 1, 2), number(1, 2), number(id, 2)));
  return box(
    "meta",
    number(0, 4),
    versioned("iinf", 0, number(items, 2), ...infos),
    versioned("iref", 0, ...links),
    box("iprp", box("ipco", sizeOf(64, 64)), versioned("ipma", 0, number(items, 4), ...entries)),
  );
}

test("a chain of a few parts is followed, and no further", () => {
  expect(costlyPart(chain(5))).toBeUndefined();
  expect(costlyPart(chain(30))).toMatch(/more than 100 million pixels/);
  expect(costlyPart(chain(6_000))).toMatch(/more than 100 million pixels/);
});

test("what isn't a container, or is cut, is left to the decoder", () => {
  const whole = container([small]);
  expect(costlyPart(Buffer.alloc(0))).toBeUndefined();
  for (let length = 1; length < whole.length; length += 1)
    expect(() => costlyPart(whole.subarray(0, length))).not.toThrow();
});
