import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copySize, cropAround } from "#domain/edition/content/picture-size.ts";

describe("a crop around a focus", () => {
  it("has the focus at its middle where the edges let it", () => {
    const shape = { width: 300, height: 200 };
    expect(cropAround({ width: 1200, height: 400 }, shape, { x: 50, y: 50 })).toEqual({
      ...{ left: 300, top: 0, width: 600, height: 400 },
    });
    expect(cropAround({ width: 1200, height: 400 }, shape, { x: 0, y: 0 }).left).toBe(0);
    expect(cropAround({ width: 1200, height: 400 }, shape, { x: 100, y: 0 }).left).toBe(600);
  });

  it("lies within the picture and has the shape, whatever both are", () => {
    const side = fc.integer({ min: 50, max: 9000 });
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(side, side, side, side, percent, percent, (w, h, shapeWidth, shapeHeight, x, y) => {
        const crop = cropAround({ width: w, height: h }, { width: shapeWidth, height: shapeHeight }, { x, y });
        expect(crop.left).toBeGreaterThanOrEqual(0);
        expect(crop.left + crop.width).toBeLessThanOrEqual(w);
        expect(crop.top).toBeGreaterThanOrEqual(0);
        expect(crop.top + crop.height).toBeLessThanOrEqual(h);
        expect(crop.width === w || crop.height === h).toBe(true);
      }),
    );
  });

  it("makes a lead's picture 3:2, which is else shown whole", () => {
    const wide = { width: 1600, height: 900 };
    expect(copySize(wide, "column")).toEqual({ width: 1056, height: 594 });
    expect(copySize(wide, "column", { x: 70, y: 50 })).toEqual({ width: 1056, height: 704 });
  });
});
