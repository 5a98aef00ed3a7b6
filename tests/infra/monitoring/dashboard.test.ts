import { globSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { editionMetrics } from "#adapters/aws/embedded-metrics.ts";
import { config } from "#broadsheet.config.ts";
import { makeStack, resourcesOf, templateOf } from "../../testing/aws/synthesis.ts";

let body: string;
let alarms: string[];
beforeAll(() => {
  const template = templateOf(makeStack({ region: "eu-west-1" }));
  const [dashboard, ...more] = Object.values(resourcesOf(template, "AWS::CloudWatch::Dashboard"));
  expect(more).toEqual([]);
  expect(dashboard?.Properties.DashboardName).toBe(config.name);
  body = JSON.stringify(dashboard?.Properties.DashboardBody).replaceAll("\\", "");
  alarms = Object.values(resourcesOf(template, "AWS::CloudWatch::Alarm")).map(({ Properties }) =>
    String(Properties.AlarmDescription),
  );
});

describe("the dashboard", () => {
  test("tells an edition's story from the sources to the inboxes, in that order", () => {
    const places = ["1. Sources", "2. The edition", "3. Sending", "4. Inboxes", "5. Finished"].map((title) =>
      body.indexOf(title),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test("shows bounces by receiver and cause, and complaints against Gmail's limits", () => {
    expect(body).toContain("by receiver, cause, newsletter, date");
    expect(body).toMatch(/"value":0.001,"label":"0.1 %"/);
    expect(body).toMatch(/"value":0.003,"label":"0.3 %"/);
  });

  test("asks for log lines that the code writes", () => {
    const source = globSync("{usecases,functions}/**/*.ts")
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    const asked = [...body.matchAll(/message = "([^"]+)"/g)].map(([, line]) => line);
    expect(asked.length).toBeGreaterThan(3);
    for (const line of asked) expect(source).toContain(`"${line}"`);
  });

  test("shows metrics that editions leave", () => {
    const shown = Object.keys(editionMetrics).filter((name) => body.includes(`"${name}","newsletter"`));
    expect(shown).toEqual(expect.arrayContaining(["accepted", "minutesAfterDue"]));
  });
});

test("each alarm leads to what to look at first", () => {
  const console_ = "https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#";
  for (const description of alarms) expect(description).toContain(` Look at ${console_}`);
  const log = `${console_}logsV2:log-groups/log-group/$252Faws$252Flambda$252F${config.name}-send`;
  expect(alarms.some((description) => description.includes(log))).toBe(true);
});
