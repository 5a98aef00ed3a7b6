import { expect, test } from "vitest";
import { editionMetrics, embeddedMetrics } from "#adapters/aws/embedded-metrics.ts";

const fields = { newsletter: "daily", accepted: 990, bounced: 4, complained: 0, minutesAfterDue: 12 };
const metricsIn = (line: { _aws: object }) => Object(line._aws).CloudWatchMetrics[0];

test("names the line's own fields as metrics of its newsletter", () => {
  const line = { ...fields, ...embeddedMetrics("Broadsheet/broadsheet")(fields, 1_796_000_000_000) };
  const { Namespace, Dimensions, Metrics } = metricsIn(line);
  expect(Namespace).toBe("Broadsheet/broadsheet");
  expect(Dimensions).toEqual([["newsletter"]]);
  expect(Metrics.map(({ Name }: { Name: string }) => Name)).toEqual(Object.keys(editionMetrics));
  // As the format asks: each is a member of the line, dimensions as text, metrics as numbers.
  expect(typeof line.newsletter).toBe("string");
  for (const { Name } of Metrics) expect(Reflect.get(line, Name)).toBeTypeOf("number");
  expect(Object(line._aws).Timestamp).toBe(1_796_000_000_000);
});

test("leaves out what has no number, such as how late one was that was sent by hand", () => {
  const { Metrics } = metricsIn(embeddedMetrics("x")({ ...fields, minutesAfterDue: null }, 0));
  expect(Metrics.map(({ Name }: { Name: string }) => Name)).toEqual(["accepted", "bounced", "complained"]);
});
