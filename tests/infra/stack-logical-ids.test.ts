import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod";
import type { ConfigInput } from "#domain/config.ts";
import { makeStack, templateOf } from "../testing/aws/synthesis.ts";

/**
 * Every resource and output that a deployment may have, by type and logical id. CloudFormation replaces what gets another
 * id: a table would be replaced by an empty one, and a distribution's address, which is in old mails, would stop working.
 * A new resource need not be here, and one that is removed on purpose leaves with its line.
 */
const recorded = z.array(z.string()).parse(JSON.parse(readFileSync("tests/infra/stack-logical-ids.json", "utf8")));

const dns = { hostedZone: { id: "Z0123456789ABC", name: "broadsheet.example" } };
const certificate = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/1`;

/** Configs that together have all that a config can ask for. */
const configs: Partial<ConfigInput>[] = [
  {},
  {
    operator: "operator@example.org",
    budget: { dollarsPerMonth: 20 },
    inbound: { address: "leave@in.broadsheet.example" },
    notices: { eventBridge: true, webhooks: true },
    site: { domain: "news.broadsheet.example", certificate: certificate("us-east-1") },
    dns,
  },
  { site: { domain: "news.broadsheet.example", certificate: certificate("eu-west-1"), cloudFront: false }, dns },
];

const Made = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string() })),
  Outputs: z.record(z.string(), z.unknown()),
});

test("a deployment that is there is changed in place: no resource and no output gets another logical id", {
  timeout: 120_000,
}, () => {
  const ids = new Set(
    configs.flatMap((changes) => {
      const { Resources, Outputs } = Made.parse(templateOf(makeStack(changes)).toJSON());
      return [
        ...Object.entries(Resources).map(([id, { Type }]) => `${Type} ${id}`),
        ...Object.keys(Outputs).map((id) => `Output ${id}`),
      ];
    }),
  );
  expect(recorded.filter((id) => !ids.has(id))).toEqual([]);
});
