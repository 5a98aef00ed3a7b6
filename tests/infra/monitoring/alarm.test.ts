import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "#broadsheet.config.ts";
import { makeStack, resourcesOf, templateOf } from "../../testing/aws/synthesis.ts";

const runbook = readFileSync(new URL("../../../docs/runbook.md", import.meta.url), "utf8");
const paragraphs = [...runbook.matchAll(/^## (\S+)$/gm)].map(([, name]) => name);

/** What a config can ask for besides. */
const everything = { notices: { eventBridge: true, webhooks: true } };

let alarms: { name: string; description: string }[];
beforeAll(() => {
  alarms = Object.values(resourcesOf(templateOf(makeStack(everything)), "AWS::CloudWatch::Alarm")).map(
    ({ Properties }) => ({
      name: String(Properties.AlarmName).replace(`${config.name}-`, ""),
      description: String(Properties.AlarmDescription),
    }),
  );
});

test("every alarm says what it means and leads to its paragraph of the runbook", () => {
  expect(alarms.length).toBeGreaterThan(10);
  for (const { name, description } of alarms) {
    expect(description).toMatch(/^[A-Z].{20,}\. See docs\/runbook\.md#\S+$/);
    expect(description.endsWith(`#${name}`)).toBe(true);
    expect(paragraphs).toContain(name);
  }
});

test("the runbook has no paragraph for an alarm that is gone", () => {
  const names = alarms.map(({ name }) => name);
  expect(paragraphs.filter((paragraph) => !names.includes(String(paragraph)))).toEqual([
    "kicks-dead-letters",
    "keys",
    "restore",
  ]);
});

test("links inside the runbook lead somewhere", () => {
  const headings = [...runbook.matchAll(/^##+ (\S+)$/gm)].map(([, name]) => name);
  for (const [, anchor] of runbook.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(anchor);
});

describe("what delivery logs as an error reaches the operator", () => {
  test.each(["dispatch", "send", "feedback", "watch"])("from %s", (name) => {
    const template = templateOf(makeStack());
    const filters = Object.values(resourcesOf(template, "AWS::Logs::MetricFilter")).map(({ Properties }) => Properties);
    const groups = Object.entries(resourcesOf(template, "AWS::Logs::LogGroup"));
    const group = groups.find(([, { Properties }]) => Properties.LogGroupName === `/aws/lambda/${config.name}-${name}`);
    expect(filters).toContainEqual(
      expect.objectContaining({ FilterPattern: '{ $.level = "ERROR" }', LogGroupName: { Ref: group?.[0] } }),
    );
  });
});

test.each([
  ["desk", "1"],
  ["command", "10"],
  ["desk-command", "10"],
  ["ingest", "10"],
])("what %s notes for those who guard the deployment counts %s of the 10 that ring", (name, weight) => {
  const template = templateOf(makeStack());
  const filters = Object.values(resourcesOf(template, "AWS::Logs::MetricFilter")).map(({ Properties }) => Properties);
  const groups = Object.entries(resourcesOf(template, "AWS::Logs::LogGroup"));
  const group = groups.find(([, { Properties }]) => Properties.LogGroupName === `/aws/lambda/${config.name}-${name}`);
  const own = filters.find(
    ({ FilterPattern, LogGroupName }) =>
      FilterPattern === '{ $.security = "*" }' && Object(LogGroupName).Ref === group?.[0],
  );
  expect(own?.MetricTransformations).toMatchObject([{ MetricName: "SecurityEvents", MetricValue: weight }]);
  const [alarm] = Object.values(resourcesOf(template, "AWS::CloudWatch::Alarm")).filter(
    ({ Properties }) => Properties.MetricName === "SecurityEvents",
  );
  expect(alarm?.Properties).toMatchObject({ Threshold: 10, Period: 300, Statistic: "Sum" });
});
