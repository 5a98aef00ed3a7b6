import { describe, expect, it } from "vitest";
import { fieldOf } from "#domain/edition/content/make.ts";
import { learnWeights } from "#domain/edition/weighing/learn.ts";
import { type PlayedEdition, replay, reweighed } from "#domain/edition/weighing/replay.ts";
import {
  article,
  articles,
  closing,
  hoursBefore,
  ingredients,
  newsletter,
} from "../../../testing/editions/edition-fixtures.ts";

/** A heavy source's old story, which leads by itself, and a light source's new one, which editors prefer. */
const [heavy, light] = [500, 501];
const pool = [
  article(heavy, { sourceId: "mercury", published: hoursBefore(20), seenAt: hoursBefore(20) }),
  article(light, { sourceId: "herald", published: closing, seenAt: closing }),
  ...articles(30, (n) => ({
    sourceId: ["gazette", "courier"][n % 2] ?? "",
    published: hoursBefore(15),
    paragraphs: [],
  })),
];
const idOf = (n: number): string => article(n).id;
const { scored } = fieldOf(ingredients({ articles: pool, sourceWeight: (id) => (id === "mercury" ? 4 : 1) }));
const played = (over: Partial<PlayedEdition> = {}): PlayedEdition => ({
  date: "2026-11-23",
  scored,
  lead: idOf(light),
  removed: [],
  ...over,
});
const config = newsletter();

describe("a replay under other weights", () => {
  it("makes the day's edition from the same weights, and another one from other weights", () => {
    const lead = (weights: typeof config.weights) => replay(played(), weights, config).leads;
    expect(replay(played({ lead: idOf(heavy) }), config.weights, config)).toEqual({ leads: 1, removals: 0 });
    expect(lead(config.weights)).toBe(0);
    expect(lead({ ...config.weights, sourceWeight: 0 })).toBe(1);
    expect(reweighed(scored, config.weights).map(({ score }) => score)).toEqual(scored.map(({ score }) => score));
  });

  it("counts a removal as kept where the story would not have been in", () => {
    const last = scored.at(-1)?.candidate.id ?? "";
    const [lead] = scored.map(({ candidate }) => candidate.id);
    expect(replay(played({ removed: [last] }), config.weights, config).removals).toBe(1);
    expect(replay(played({ removed: [lead ?? ""] }), config.weights, config).removals).toBe(0);
  });
});

describe("weights to learn from", () => {
  it("names the change that would have kept more of the editors' leads", () => {
    const report = learnWeights(
      "daily",
      Array.from({ length: 12 }, () => played()),
      config,
    );
    expect(report).toMatchObject({ editions: 12, leads: 12, removals: 0, today: { leads: 0, change: "" } });
    const [best] = report.better;
    expect(best).toMatchObject({ leads: 12, inBothHalves: true });
    expect(report.better.map(({ change }) => change).join()).toContain("sourceWeight");
    expect(report.sentence).toBe(
      `With ${best?.change}, 12 editions would have kept 12 of 12 leads; today’s weights keep 0 of 12 leads.`,
    );
    expect(best?.change).toMatch(/^\w+ [\d.]+ instead of [\d.]+$/);
  });

  it("says so where today's weights are as good as any, where too little was decided, and where nothing was", () => {
    const pleased = Array.from({ length: 12 }, () => played({ lead: idOf(heavy) }));
    expect(learnWeights("daily", pleased, config)).toMatchObject({ better: [], today: { leads: 12 } });
    expect(learnWeights("daily", pleased, config).sentence).toContain("No other weights");
    expect(learnWeights("daily", [played()], config).sentence).toContain("too few to go by");
    expect(learnWeights("daily", [played({ lead: null })], config).sentence).toContain("nothing to learn from");
  });

  it("warns where a gain holds in one half of the time only", () => {
    const newer = Array.from({ length: 8 }, () => played());
    const older = Array.from({ length: 6 }, () => played({ lead: idOf(heavy) }));
    const report = learnWeights("daily", [...newer, ...older], config);
    expect(report.better[0]).toMatchObject({ inBothHalves: false });
    expect(report.sentence).toContain("may be chance");
  });
});
