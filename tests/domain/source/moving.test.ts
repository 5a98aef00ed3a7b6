import { expect, test } from "vitest";
import { followMove } from "#domain/source/moving.ts";
import { newSource } from "#domain/source/polling.ts";
import type { Source } from "#domain/source/source.ts";

const HOUR = 3_600_000;
const start = Date.parse("2026-11-23T07:00:00.000Z");
const here = "https://gazette.example/feed.xml";
const there = "https://news.gazette.example/feed.xml";
const source = newSource({ url: here }, "2026-11-23T07:00:00.000Z");

/** The source after polls at these hours, each answered with a redirect to the address, or with none. */
const after = (...polls: [hour: number, redirect: string | null][]) => afterPolls(source, polls);

function afterPolls(first: Source, polls: readonly [hour: number, redirect: string | null][]): Source {
  let so = first;
  for (const [hour, redirect] of polls) so = { ...so, ...followMove(so, so.url, redirect, start + hour * HOUR) };
  return so;
}

test.each<[string, Parameters<typeof after>, string]>([
  [
    "three polls over a day",
    [
      [0, there],
      [12, there],
      [24, there],
    ],
    there,
  ],
  [
    "many polls over less than a day",
    [
      [0, there],
      [5, there],
      [10, there],
      [15, there],
      [23, there],
    ],
    here,
  ],
  [
    "two polls over two days",
    [
      [0, there],
      [48, there],
    ],
    here,
  ],
  [
    "a redirect that goes away and comes back",
    [
      [0, there],
      [12, null],
      [24, there],
      [36, there],
    ],
    here,
  ],
  [
    "a redirect that changes its mind",
    [
      [0, there],
      [12, `${there}?2`],
      [24, there],
      [36, there],
    ],
    here,
  ],
  [
    "a redirect to itself",
    [
      [0, here],
      [12, here],
      [24, here],
    ],
    here,
  ],
  [
    "a redirect from https to http",
    [
      [0, "http://gazette.example/f"],
      [12, "http://gazette.example/f"],
      [30, "http://gazette.example/f"],
    ],
    here,
  ],
])("%s", (_what, polls, url) => expect(after(...polls).url).toBe(url));

test("once it has moved, nothing of the move is left", () => {
  expect(after([0, there], [12, there], [24, there])).toMatchObject({
    movingTo: null,
    movingSince: null,
    movingPolls: 0,
  });
  expect(after([0, there])).toMatchObject({ movingTo: there, movingSince: "2026-11-23T07:00:00.000Z", movingPolls: 1 });
});

test("http may move to https", () => {
  const plain = { ...source, url: "http://gazette.example/feed.xml" };
  expect(
    afterPolls(plain, [
      [0, here],
      [12, here],
      [24, here],
    ]).url,
  ).toBe(here);
});
