import { beforeAll, describe, expect, test } from "vitest";
import { idleCost, total } from "#bench/cost/idle-cost.ts";
import { makeStack, type Resource, templateOf } from "../testing/aws/synthesis.ts";

type Resources = Record<string, Resource & { Type: string }>;

let resources: Resources;
beforeAll(() => {
  resources = templateOf(makeStack({ operator: "operator@example.org", budget: { dollarsPerMonth: 20 } })).toJSON()
    .Resources;
});

const itemOf = (what: string, more: Resources = {}) =>
  idleCost({ Resources: { ...resources, ...more } }).find((item) => item.what === what);

describe("a month without readers", () => {
  test("costs at most $2.50, net of what AWS always gives for nothing", () => {
    const items = idleCost({ Resources: resources });
    expect(total(items, "net")).toBeLessThanOrEqual(2.5);
    expect(total(items, "net")).toBeGreaterThan(1);
    expect(total(items, "gross")).toBeGreaterThan(total(items, "net"));
  });

  test("an alarm more, a secret more and a queue more change the sum", () => {
    const sums = (more: Resources) => total(idleCost({ Resources: { ...resources, ...more } }), "net");
    const before = sums({});
    const properties = { Properties: {} };
    expect(sums({ one: { Type: "AWS::CloudWatch::Alarm", ...properties } }) - before).toBeCloseTo(0.1, 6);
    expect(sums({ one: { Type: "AWS::SecretsManager::Secret", ...properties } }) - before).toBeCloseTo(0.4, 6);
    expect(sums({ one: { Type: "AWS::Lambda::EventSourceMapping", ...properties } }) - before).toBeCloseTo(0.259, 3);
  });

  test("a metric is charged once, however many functions log it", () => {
    const filter = (name: string) => ({
      Type: "AWS::Logs::MetricFilter",
      Properties: { MetricTransformations: [{ MetricName: name, MetricNamespace: "Broadsheet/x" }] },
    });
    const before = itemOf("custom metrics")?.units ?? 0;
    expect(itemOf("custom metrics", { one: filter("AsksForSomeone") })?.units).toBe(before);
    expect(itemOf("custom metrics", { one: filter("New"), two: filter("New") })?.units).toBe(before + 1);
  });

  test("a resource whose price no one looked up is refused", () => {
    const nat = { Type: "AWS::EC2::NatGateway", Properties: {} };
    expect(() => idleCost({ Resources: { ...resources, nat } })).toThrow(/AWS::EC2::NatGateway has no price/);
  });

  test("a schedule in other words is refused, because no one counted how often it runs", () => {
    const daily = { Type: "AWS::Scheduler::Schedule", Properties: { ScheduleExpression: "cron(0 6 * * ? *)" } };
    expect(() => idleCost({ Resources: { daily } })).toThrow(/cron/);
  });
});
