import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { App, Stack } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, test } from "vitest";
import { existing, makeStack, synthesise } from "../testing/aws/synthesis.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cfnLint = join(root, ".e2e/bin/cfn-lint");

/** With everything that only some deployments have. */
const everything = {
  operator: "operator@example.org",
  budget: { dollarsPerMonth: 20 },
  inbound: { address: "leave@in.broadsheet.example" },
  site: {
    domain: "news.example.org",
    certificate: "arn:aws:acm:us-east-1:123456789012:certificate/1",
    firewall: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/broadsheet/1",
  },
};

const withoutFront = {
  pictures: false,
  site: {
    domain: "news.example.org",
    certificate: "arn:aws:acm:eu-west-1:123456789012:certificate/1",
    cloudFront: false,
  },
};

describe("cdk-nag finds nothing against AWS's rules for solutions", () => {
  test.each([
    ["as it is cloned", {}],
    ["with everything that only some deployments have", everything],
    ["without CloudFront and pictures", withoutFront],
    ["with what an earlier stack left", { existing }],
  ])("%s", (_, changes) => {
    const stack = makeStack(changes);
    expect(new AwsSolutionsChecks(stack).validateScope(stack).violations).toEqual([]);
  });

  test("and would find something", () => {
    const stack = new Stack(new App(), "Unguarded");
    new Queue(stack, "Queue");
    const report = new AwsSolutionsChecks(stack).validateScope(stack);
    expect(report.violations.map(({ ruleName }) => ruleName)).toContain("AwsSolutions-SQS4");
  });
});

/** cfn-lint comes with `npm run setup:e2e`. */
describe.skipIf(!existsSync(cfnLint))(
  "cfn-lint finds nothing in the template (npm run setup:e2e)",
  { timeout: 120_000 },
  () => {
    test.each([
      ["as it is cloned", {}],
      ["with everything that only some deployments have", everything],
      ["without CloudFront and pictures", withoutFront],
      ["with what an earlier stack left", { existing }],
      ["with what an earlier stack left", { existing }],
    ])("%s", (_, changes) => {
      const folder = mkdtempSync(join(tmpdir(), "synth-"));
      try {
        synthesise(folder, changes);
        const templates = readdirSync(folder).filter((file) => file.endsWith(".template.json"));
        expect(templates).toHaveLength(1);
        execFileSync(
          cfnLint,
          templates.map((file) => join(folder, file)),
          { cwd: root, encoding: "utf8" },
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);
