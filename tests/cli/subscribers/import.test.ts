import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { importRows } from "#usecases/audience/operate/import.ts";
import { setting } from "../../testing/command-setting.ts";
import { ask, gives, json, newFolder } from "../command-line.ts";

const file = (lines: readonly string[]) => {
  const path = join(newFolder(), "list.csv");
  writeFileSync(path, lines.join("\n"));
  return path;
};
const readers = (count: number) => Array.from({ length: count }, (_, n) => `r${n}@example.com,active`);
const plain = gives({ format: "csv", rows: [] });

test("a line far below that ends a subscription is sent with the line that begins it", async () => {
  const path = file(["email,status", "ann@example.com,active", ...readers(600), "ANN@example.com,bounced"]);
  const { requests } = await ask(plain, ["subscriber", "import", "daily", path, "--json"]);
  const rows = requests.flatMap((request) => request.rows as { line: number; endedOn?: object }[]);
  expect(requests).toHaveLength(2);
  expect(rows.filter(({ endedOn }) => endedOn !== undefined)).toEqual([
    { line: 2, cells: ["ann@example.com", "active"], endedOn: { line: 603, status: "bounced", statusText: null } },
  ]);
});

test("an address is known again however it is written, and a dry run says what the import then does", async () => {
  const system = setting();
  const answers = async (request: object) => {
    const done = await importRows(system, { ...(request as Parameters<typeof importRows>[1]) });
    return done.ok ? { ok: true, ...done.value } : done;
  };
  const path = file(["email,status", "ann@bücher.example,active", ...readers(600), "ann@XN--BCHER-KVA.example,active"]);
  const numbers = { rows: 602, new: 601, unchanged: 1, leftAlone: 0 };
  const args = ["subscriber", "import", "daily", path, "--json"];
  expect(json(await ask(answers, [...args, "--dry-run"]))).toMatchObject(numbers);
  expect(json(await ask(answers, args))).toMatchObject(numbers);
});

test("all parts of a file without a header have the addresses in the same column", async () => {
  const path = file(["Ann,ann@example.com", ...Array.from({ length: 600 }, (_, n) => `n@${n},r${n}@example.com`)]);
  const { requests } = await ask(plain, ["subscriber", "import", "daily", path, "--json"]);
  expect(requests.map(({ map }) => map)).toEqual([{ email: "2" }, { email: "2" }]);
});

test("its progress counts the lines that are processed", async () => {
  const system = setting();
  const answers = async (request: object) => {
    const done = await importRows(system, { ...(request as Parameters<typeof importRows>[1]) });
    return done.ok ? { ok: true, ...done.value } : done;
  };
  const path = file(["email,status", ...readers(1_200)]);
  // Without a terminal, progress is a line every five seconds.
  let clock = Date.now();
  const later = vi.spyOn(Date, "now").mockImplementation(() => {
    clock += 6_000;
    return clock;
  });
  const { err } = await ask(answers, ["subscriber", "import", "daily", path, "--dry-run"]);
  later.mockRestore();
  expect(err).toMatch(/^500 of 1,200 processed, 700 waiting/);
  expect(err).toMatch(/\n1,200 of 1,200 processed/);
});
