import { describe, expect, test } from "vitest";
import { type Bug, tell, type Weather } from "./story.ts";
import { broken } from "./verdict.ts";

/** How many stories of each kind; thousands on request, a few hundred each time. */
const STORIES = Number(process.env.STORIES ?? 150);

const calmSes = {
  ...{ throttle: 0, dropBefore: 0, dropAfter: 0, error500: 0, unreachable: 0, slow: 0, mixed: 0, transient: 0 },
  ...{ frozenAfterSigning: 0, frozenAfterGate: 0 },
};
const calm: Weather = {
  network: { latency: [1, 10], repeat: 0, fail: 0 },
  ses: calmSes,
  ...{ crash: 0, freeze: 0, told: 0, kickLost: 0, kickDoubled: 0, watch: true },
  ...{ twice: 0, pause: 0, cancel: 0, restless: 0, editions: 1 },
};
const stormy: Weather = {
  network: { latency: [1, 120], repeat: 0.03, fail: 0.01 },
  ses: {
    ...{ throttle: 0.05, dropBefore: 0.02, dropAfter: 0.02, error500: 0.02, unreachable: 0.03, slow: 0.05 },
    ...{ mixed: 0.02, transient: 0.03, frozenAfterSigning: 0.03, frozenAfterGate: 0.01 },
  },
  ...{ crash: 0.25, freeze: 0.15, told: 0.1, kickLost: 0.2, kickDoubled: 0.3, watch: true },
  ...{ twice: 0.2, pause: 0.2, cancel: 0.05, restless: 6, editions: 2 },
};
/** Nothing fails and watch sleeps: whatever goes out was found by kicks alone. */
const unwatched: Weather = {
  ...calm,
  ses: { ...calmSes, slow: 0.5 },
  ...{ told: 0.5, kickDoubled: 0.2, watch: false, editions: 2 },
};

/** Readers come and go while two dispatches freeze the same audience, one of them often much behind. */
const rushed: Weather = {
  ...calm,
  network: { latency: [1, 300], repeat: 0, fail: 0 },
  ...{ freeze: 0.5, twice: 1, restless: 20 },
};

async function findings(weather: Weather, seeds: number): Promise<string[]> {
  const found: string[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    found.push(...broken(await tell(seed, weather)).map((what) => `seed ${seed}: ${what}`));
  }
  return found;
}

/** The first story that shows the symptom. */
async function noticed(weather: Weather, bug: Bug, symptom: RegExp): Promise<number | undefined> {
  for (let seed = 1; seed <= 1000; seed++) {
    if (broken(await tell(seed, weather, bug)).some((what) => symptom.test(what))) return seed;
  }
  return undefined;
}

describe("the promise holds", () => {
  test.each([
    ["when nothing goes wrong", calm],
    ["when everything goes wrong", stormy],
    ["when two dispatches freeze a restless audience", rushed],
    ["without watch, as long as no kick is lost", unwatched],
  ])(
    "%s",
    async (_, weather) => {
      expect(await findings(weather, STORIES)).toEqual([]);
    },
    600_000,
  );

  test("the same seed tells the same story", async () => {
    const [one, other] = [await tell(7, stormy), await tell(7, stormy)];
    expect(one.ses.departures).toEqual(other.ses.departures);
    expect(one.store).toEqual(other.store);
  });
});

describe("a planted bug is noticed", () => {
  test.each<[Bug, Weather, RegExp]>([
    ["claim without the attempt condition", stormy, /has two of|SES took it|never took/],
    ["gate before signing", stormy, /ms after its claim/],
    ["commit without condition", rushed, /places in|two of/],
    ["empty page taken as the end", calm, /has 0 places/],
    ["unprocessed keys taken as erased", calm, /was skipped/],
    ["kick lost to a dying run", unwatched, /batches waiting/],
  ])(
    "%s",
    async (bug, weather, symptom) => {
      expect(await noticed(weather, bug, symptom)).toBeDefined();
    },
    600_000,
  );
});
