import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openListFile } from "../../../cli/subscribers/list-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "list-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (content: string | Buffer) => {
  const path = join(folder, "list.csv");
  writeFileSync(path, content);
  return path;
};
const read = async (content: string | Buffer) => {
  const file = await openListFile(write(content));
  const records = [];
  for await (const record of file.records()) records.push(record);
  return { header: file.header, records };
};
const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16();

describe("a list is read", () => {
  const header = ["email", "name"];
  const records = [{ line: 2, cells: ["ann@example.com", "Ánn"] }];
  const text = "email,name\nann@example.com,Ánn\n";
  test.each([
    ["in UTF-8", text],
    ["with a byte order mark", `\ufeff${text}`],
    ["in UTF-16, as Excel writes it", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["in UTF-16 without a mark", Buffer.from(text, "utf16le")],
    ["in UTF-16, the other way round", utf16be(text)],
    ["in Windows-1252", Buffer.from(text, "latin1")],
    ["with semicolons", text.replaceAll(",", ";")],
    ["with tabs", text.replaceAll(",", "\t")],
    ["with CR LF", text.replaceAll("\n", "\r\n")],
    ["with CR alone", text.replaceAll("\n", "\r")],
    ["with different line ends", "email,name\r\nann@example.com,Ánn\n"],
    ["without a final line break", text.trimEnd()],
    ["quoted", 'email,name\n"ann@example.com","Ánn"\n'],
    ["with blank lines", `${text}\n , \n\n`],
  ])("%s", async (_, content) => {
    expect(await read(content)).toEqual({ header, records });
  });

  test("with the separator on a line of its own, as Excel writes it", async () => {
    const { header: names, records: found } = await read(`sep=;\r\n${text.replaceAll(",", ";")}`);
    expect(names).toEqual(header);
    expect(found).toEqual([{ line: 3, cells: ["ann@example.com", "Ánn"] }]);
  });

  test("without a header", async () => {
    expect(await read("ann@example.com\nbob@example.com\n")).toEqual({
      header: null,
      records: [
        { line: 1, cells: ["ann@example.com"] },
        { line: 2, cells: ["bob@example.com"] },
      ],
    });
  });

  test("without a header, a row of addresses as one each, and a row with other cells as it is", async () => {
    const { header: names, records: found } = await read(
      "ann@example.com, Bo <bo@example.com>\ncy@example.com,Cy\n,di@example.com,\n",
    );
    expect(names).toBeNull();
    expect(found.map(({ line, cells }) => [line, cells[0]?.trim()])).toEqual([
      [1, "ann@example.com"],
      [1, "Bo <bo@example.com>"],
      [2, "cy@example.com"],
      [3, "di@example.com"],
    ]);
  });

  test("without a header, a first row that isn't all addresses says that no row is", async () => {
    const { records: found } = await read("Ann,ann@example.com\nb@home,bo@example.com\n");
    expect(found.map(({ cells }) => cells)).toEqual([
      ["Ann", "ann@example.com"],
      ["b@home", "bo@example.com"],
    ]);
  });

  test("with a header, a row with several addresses is one reader", async () => {
    const { records: found } = await read("email,manager\nann@example.com,bo@example.com\n");
    expect(found).toEqual([{ line: 2, cells: ["ann@example.com", "bo@example.com"] }]);
  });

  test("ragged, and with line breaks in quotes, with the line where each record ends", async () => {
    const { records } = await read('email,name\na@example.com\n"b@example.com","B\nC",more\nd@example.com,D\n');
    expect(records).toEqual([
      { line: 2, cells: ["a@example.com"] },
      { line: 4, cells: ["b@example.com", "B\nC", "more"] },
      { line: 5, cells: ["d@example.com", "D"] },
    ]);
  });
});

describe("a list is refused", () => {
  test.each([
    ["that is a workbook", Buffer.from("PK\u0003\u0004xlsx"), "Save it as CSV"],
    ["that is an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), "Save it as CSV"],
    ["that has zeros in it, as a picture does", "email\n\0\u0001ann@example.com", "is not a text file"],
    ["that is empty", "", "is empty"],
    ["that has blank lines alone", "\n \n", "is empty"],
    [
      "with a quotation mark that never ends",
      `email,name\n"ann@example.com,Ann\n${"x@example.com,X\n".repeat(20_000)}`,
      "line 8193 is longer than 128 KB, or a quotation mark before it is not closed",
    ],
    ["with a quotation mark that its end leaves open", 'email,name\n"ann@example.com', "is not closed, before line 2"],
    [
      "with a line that is far too long",
      `email,name\nann@example.com,${"x".repeat(200_000)}\n`,
      "line 2 is longer than",
    ],
  ])("%s", async (_, content, why) => {
    await expect(read(content)).rejects.toThrow(why);
  });

  test("that is not there, or is a folder", async () => {
    await expect(openListFile(join(folder, "none.csv"))).rejects.toThrow("Can't read");
    await expect(openListFile(folder)).rejects.toThrow("it is a folder");
  });
});
