import { describe, expect, test } from "vitest";
import { regroup } from "#domain/edition/choosing/regroup.ts";
import { fieldOf } from "#domain/edition/content/make.ts";
import type { Regrouping } from "#domain/edition/decisions/decisions.ts";
import { article, articles, hoursBefore, id, ingredients } from "../../../testing/editions/edition-fixtures.ts";

const told = { title: "Mayors welcome harbour bridge after ten years of work" };
const pool = [
  article(201, { ...told, sourceId: "gazette", seenAt: hoursBefore(3), published: hoursBefore(3) }),
  article(202, { ...told, sourceId: "herald", seenAt: hoursBefore(2), published: hoursBefore(2) }),
  article(203, { ...told, sourceId: "courier", seenAt: hoursBefore(1), published: hoursBefore(1) }),
  ...articles(6, (n) => ({ sourceId: ["gazette", "herald"][n % 2] ?? "" })),
];
const field = fieldOf(ingredients({ articles: pool }));
const groupsOf = (...regroupings: Regrouping[]) =>
  regroup(field, regroupings)?.map((candidate) => candidate.articles.map((one) => one.id).toSorted()) ?? null;

describe("stories as editors regroup them", () => {
  test("are those that were found where no one said anything, or nothing that is still there", () => {
    expect(groupsOf()).toBeNull();
    expect(groupsOf({ do: "split", articles: [id(999)] })).toBeNull();
    expect(groupsOf({ do: "join", story: id(1), other: id(999) })).toBeNull();
  });

  test("lose the articles that are split off to a story of their own", () => {
    const groups = groupsOf({ do: "split", articles: [id(202)] });
    expect(groups).toContainEqual([id(202)]);
    expect(groups).toContainEqual([id(201), id(203)]);
  });

  test("stay whole where all of their articles are split off", () => {
    expect(groupsOf({ do: "split", articles: [id(201), id(202), id(203)] })).toBeNull();
  });

  test("become one when they are joined, shown as the first of them was", () => {
    const joined = regroup(field, [{ do: "join", story: id(1), other: id(2) }]);
    const one = joined?.find((candidate) => candidate.articles.length === 2);
    expect(one?.articles.map((each) => each.id).toSorted()).toEqual([id(1), id(2)]);
    expect(one?.article.id).toBe(id(1));
    expect(one?.sources[0]).toBe(one?.article.sourceTitle);
  });

  test("follow one decision after the other", () => {
    const groups = groupsOf({ do: "split", articles: [id(202)] }, { do: "join", story: id(202), other: id(3) });
    expect(groups).toContainEqual([id(3), id(202)].toSorted());
    expect(groups).toContainEqual([id(201), id(203)]);
  });

  test("that no one touched are the very candidates that were found", () => {
    const regrouped = regroup(field, [{ do: "join", story: id(1), other: id(2) }]);
    const found = field.scored.find(({ candidate }) => candidate.id === id(5))?.candidate;
    expect(regrouped).toContain(found);
  });
});
