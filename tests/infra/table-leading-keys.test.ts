import { globSync, readFileSync } from "node:fs";
import type { Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "#broadsheet.config.ts";
import { makeStack, resourcesOf, templateOf } from "../testing/aws/synthesis.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** Keys that an adapter takes from another. */
const imported: Record<string, string> = { editionPK: "E#*", groupPK: "E#*", shardKey: "S#*" };

/** The partitions that an adapter of the table names, as patterns; what stands for a sort key is none. */
function partitionsIn(path: string): string[] {
  const text = read(path);
  const constant = /\bPARTITION = "(\w+)"/.exec(text)?.[1];
  const written = [...text.matchAll(/(?<!SK: |beginning: )[`"]([A-Z]+#)/g)].map(([, name = ""]) => name);
  const taken = Object.entries(imported).flatMap(([name, key]) => (text.includes(`${name}(`) ? [key] : []));
  const all = [...written, ...(constant === undefined ? [] : [constant])];
  return [...all.map((name) => (name.endsWith("#") ? `${name}*` : name)), ...taken];
}

/** Where a function's adapters are built; command's for desk-command, too, in a file of their own. */
const compositionOf = (name: string) =>
  globSync(`functions/${name}/open*.ts`)
    .filter((path) => !path.endsWith("/openapi.ts"))
    .map(read)
    .join("\n");

/** Those that a function's adapters name: all it could ask the table for. */
const partitionsOf = (name: string): string[] => [
  ...new Set(
    [...compositionOf(name).matchAll(/"#(adapters\/dynamo\/[\w/-]+\.ts)"/g)].flatMap(([, path = ""]) =>
      partitionsIn(path),
    ),
  ),
];

let template: Template;
beforeAll(() => {
  template = templateOf(makeStack({ notices: { eventBridge: true, webhooks: true } }));
});

function allowedTo(name: string): string[] {
  const functions = Object.values(resourcesOf(template, "AWS::Lambda::Function"));
  const role = JSON.stringify(
    functions.find(({ Properties }) => Properties.FunctionName === `${config.name}-${name}`)?.Properties.Role,
  );
  const statements = Object.values(template.findResources("AWS::IAM::Policy"))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => role.includes(`"${Ref}"`)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('"dynamodb:'));
  expect(statements).toHaveLength(1);
  return statements[0].Condition?.["ForAllValues:StringLike"]["dynamodb:LeadingKeys"];
}

describe("what strangers reach touches its own items of the table and no others", () => {
  test.each(["site", "push", "ingest", "desk"])("%s: exactly those its adapters name", (name) => {
    expect(allowedTo(name).toSorted()).toEqual(partitionsOf(name).toSorted());
  });

  test("no reader for push, ingest and desk, no session or push client's key for site", () => {
    for (const name of ["push", "ingest", "desk"]) expect(allowedTo(name)).not.toContain("S#*");
    expect(allowedTo("site").filter((key) => /SESSION|PUSH|SOURCES|SENDER/.test(key))).toEqual([]);
    // A pattern that covered another family would give more than it says.
    for (const name of ["site", "push", "ingest"])
      for (const key of allowedTo(name)) expect(key).toMatch(/^[A-Z]+(#\*)?$/);
  });

  test("desk-command: all that the adapters of command name, without readers, sessions, push keys and probes", () => {
    const ofOthers = /^(?:S|CONSENT|REMIND|SESSION|PUSH|PROBE|RECEIPT)#|^SESSIONS$/;
    // One letter is a sort key within an edition's partitions, or one of the three families asserted by name.
    const named = partitionsOf("command").filter((key) => /^[A-Z]{2,}|^[AES]#/.test(key));
    expect(named).toEqual(expect.arrayContaining(["SEARCH#*", "S#*"]));
    const allowed = allowedTo("desk-command");
    expect(allowed).toEqual(expect.arrayContaining(named.filter((key) => !ofOthers.test(key))));
    expect(allowed.filter((key) => ofOthers.test(key))).toEqual([]);
  });
});
