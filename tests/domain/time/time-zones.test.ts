import { describe, expect, test } from "vitest";
import { timeZoneNamed, timeZones } from "#domain/time/time-zones.ts";

describe("the zones to choose from", () => {
  test("have their current names, sorted, each zone once", () => {
    const zones = timeZones();
    expect(zones).toEqual([...new Set(zones)].sort());
    expect(zones).toEqual(expect.arrayContaining(["Asia/Kolkata", "Europe/Kyiv", "Europe/London", "Asia/Kathmandu"]));
    for (const old of ["Asia/Calcutta", "Europe/Kiev", "Asia/Saigon"]) expect(zones).not.toContain(old);
  });

  test("each has its own name, and the same time as its name in Intl's list", () => {
    const timeIn = (timeZone: string) =>
      new Intl.DateTimeFormat("en", { timeZone, dateStyle: "full", timeStyle: "full" }).format(1_795_000_000_000);
    const listed = Intl.supportedValuesOf("timeZone");
    expect(listed.map((name) => timeZoneNamed(name)).sort()).toEqual(timeZones());
    for (const name of listed) expect(timeIn(timeZoneNamed(name) ?? "")).toBe(timeIn(name));
  });
});

describe("a zone's name", () => {
  test.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/berlin", "Europe/Berlin"],
    ["US/Pacific", "America/Los_Angeles"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["Europe/Kiev", "Europe/Kyiv"],
    ["Etc/GMT+12", "Etc/GMT+12"],
    ["UTC", "UTC"],
    ["GMT+3", undefined],
    ["+03:00", undefined],
    ["+00:07", undefined],
    ["Mars/Olympus", undefined],
    ["", undefined],
    ["Europe/Berlin\n", undefined],
    [`Europe/${"B".repeat(100)}`, undefined],
  ])("%j is %j", (name, zone) => {
    expect(timeZoneNamed(name)).toBe(zone);
  });
});
