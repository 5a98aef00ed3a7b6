import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openAlarms } from "./faults/alarms.ts";
import { faults, type Said } from "./faults/table.ts";

// The stand-in takes any signature.
beforeAll(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterAll(() => void vi.unstubAllEnvs());

/** What was said of each fault, for the document. */
const said = new Map<string, Said[]>();

test("there are more than thirty, each another", () => {
  expect(new Set(faults.map(({ fault }) => fault)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThan(30);
});

test("no alarm goes off while all is well", () => {
  expect(openAlarms().after([])).toEqual([]);
});

describe("each fault is named, with its fix, and nothing else is", () => {
  test.each(faults)("$fault", async ({ fault, named, inject }) => {
    const all = await inject();
    said.set(fault, all);
    expect(all.map(({ id }) => id).toSorted()).toEqual([...named].toSorted());
    for (const { what, fix } of all) {
      expect(what).toMatch(/^\S.*[.:]/);
      expect(fix.length).toBeGreaterThan(10);
    }
  });
});

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const link = (fix: string) => fix.replace(/^docs\/(runbook\.md#(\S+))$/, "[runbook, $2]($1)");

test("docs/faults.md says what was said", async () => {
  for (const { fault, inject } of faults) if (!said.has(fault)) said.set(fault, await inject());
  const rows = faults.flatMap(({ fault }) =>
    (said.get(fault) ?? []).map(({ by, id, what, fix }, at) => {
      const who = by === "doctor" ? `doctor, \`${id}\`` : `alarm \`${id}\``;
      return `| ${at === 0 ? cell(fault) : ""} | ${who} | ${cell(what)} | ${by === "alarm" ? link(fix) : cell(fix)} |`;
    }),
  );
  await expect(`${intro}\n${rows.join("\n")}\n`).toMatchFileSnapshot("../../../docs/faults.md");
});

const intro = `# Faults, and who names them

Each of these was injected by itself, and this is what was said. \`doctor\` was asked through the real clients of SES and Lambda against a stand-in of them, through what CloudFormation and SNS answer, and through the commands of a system over stores in memory; alarms are those of the synthesised stack, judged as CloudWatch judges them, by what is measured or logged. None of it is AWS: [aws-unproven.md](aws-unproven.md) says what that leaves open.

A key that leaked leaves no trace until someone uses it. \`doctor\` names keys that were never replaced or are old, and the alarm \`security-events\` goes off when someone tries them.

This page is written by \`npx vitest run --project unit tests/cli/system/doctor-faults.test.ts -u\`, and a test fails when it differs.

| fault | named by | what is said | what to do |
|---|---|---|---|`;
