import { expect, test } from "vitest";
import { ownDirection } from "#templates/text/text-direction.ts";

test.each([
  ["Night ferry returns", "ltr", null],
  ["Night ferry returns", "rtl", "ltr"],
  ["عودة العبّارة", "rtl", null],
  ["عودة العبّارة", "ltr", "rtl"],
  ["حماس says it agrees to the terms of the truce", "ltr", null],
  ["Marit Ebbesen تقول إن الطاحونة ستدور من جديد", "rtl", null],
  ["40,000 — 17%", "ltr", null],
  ["", "rtl", null],
] as const)("“%s” in an edition written %s", (text, edition, own) => {
  expect(ownDirection(text, edition)).toBe(own);
});
