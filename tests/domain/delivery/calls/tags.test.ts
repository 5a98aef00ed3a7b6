import { expect, test } from "vitest";
import { deliveryOf, tagsOf } from "#domain/delivery/calls/tags.ts";

const at = (minutes: number, seconds = 0) => new Date(Date.UTC(2026, 10, 23, 7, minutes, seconds)).toISOString();
const id = (n: number) => n.toString(16).padStart(24, "0");
const key = { newsletter: "daily", date: "2026-11-23", group: "0a", run: "9f3c", due: at(0), first: id(77) };

test("tags identify the delivery of an event, in characters that SES allows", () => {
  const tags = tagsOf({ key, attempt: 2, position: 49 });
  for (const { name, value } of tags) expect(`${name}${value}`).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
  const back = Object.fromEntries(tags.map(({ name, value }) => [name, value]));
  expect(deliveryOf(back)).toEqual({ key, attempt: 2, position: 49 });
  expect(deliveryOf({ ...back, batch: "else" })).toBeUndefined();
  expect(deliveryOf({ ...back, attempt: "1; drop" })).toBeUndefined();
  expect(deliveryOf({})).toBeUndefined();
});
