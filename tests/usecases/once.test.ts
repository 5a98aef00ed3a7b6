import { expect, test } from "vitest";
import { once } from "#usecases/once.ts";

test("makes its value at the first call, and keeps it even where it is undefined", () => {
  let made = 0;
  const value = once(() => {
    made += 1;
    return made === 1 ? undefined : made;
  });
  expect(made).toBe(0);
  expect([value(), value(), value()]).toEqual([undefined, undefined, undefined]);
  expect(made).toBe(1);
});
