import type { Mutant } from "../mutant.ts";

/** Guards against a source that makes others' stories its own. */
export const storyMutants: readonly Mutant[] = [
  {
    mistake: "a source may join any number of others' stories",
    file: "domain/article/stories/bridges.ts",
    find: "const LEAST = 6;",
    replace: "const LEAST = 6000;",
    tests: ["tests/domain/article/stories/bridges.test.ts"],
  },
  {
    mistake: "an article that joins what others don't is of one of their stories",
    file: "domain/article/stories/bridges.ts",
    find: "only !== undefined && more.length === 0",
    replace: "only !== undefined",
    tests: ["tests/domain/article/stories/bridges.test.ts"],
  },
  {
    mistake: "one headline again and again is looked at again and again",
    file: "domain/edition/choosing/choose.ts",
    find: "isAlreadyCovered(top.scored) ? ranked(open, tally, allowed) : [top]",
    replace: "[top]",
    tests: ["tests/domain/edition/choosing/choose.test.ts"],
  },
  {
    mistake: "a neighbour named feeds on a shared host owns its neighbours' pages",
    file: "domain/article/identity.ts",
    find: "siteOf(one, WWW)",
    replace: "siteOf(one)",
    tests: ["tests/usecases/articles/land.test.ts"],
  },
  {
    mistake: "what another source says of a page is shown instead of its outlet's own article",
    file: "domain/edition/choosing/stories.ts",
    find: "const news = tellers(all);",
    replace: "const news = [...all];",
    tests: ["tests/domain/edition/choosing/stories.test.ts"],
  },
  {
    mistake: "each outlet that a source names counts as a source",
    file: "domain/edition/choosing/stories.ts",
    find: "isGoogleNews(url) ? ",
    replace: "url !== null ? ",
    tests: ["tests/domain/edition/choosing/stories.test.ts"],
  },
  {
    mistake: "one source alone names a story of several",
    file: "domain/article/stories/retold.ts",
    find: "use.sources.size >= sources",
    replace: "use.sources.size >= 1",
    tests: ["tests/domain/article/stories/retold.test.ts"],
  },
];
