import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod";

const { dependencies, devDependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

/** What a file loads by name, types left out: the package, not the path in it. */
function packagesOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const named = [
    ...text.matchAll(/^import (?!type )(?:[^"';]* from )?"([^"]+)";$/gm),
    ...text.matchAll(/^export [^"';]* from "([^"]+)";$/gm),
    ...text.matchAll(/\bimport\("([^"]+)"\)/g),
  ];
  const others = named.map(([, spec = ""]) => spec).filter((spec) => !/^(?:[#./]|node:)/.test(spec));
  return others.map((spec) => spec.split("/", spec.startsWith("@") ? 2 : 1).join("/"));
}

const files = globSync("{adapters,cli,domain,functions,infra,templates,usecases}/**/*.{ts,js}").filter(
  (file) => !/\/compiled\/|\.d\.ts$|\/browser\//.test(file),
);

/** Asked for only where it is installed: templates/email/digest.handlebars is what it made. */
const optional = { "templates/compile.ts": ["mjml"] };

test("an install without the tools of the tests has every package that deploying and the command line load", () => {
  const loaded = files.flatMap((file) => packagesOf(file).map((name) => ({ file, name })));
  expect(new Set(loaded.map(({ name }) => name)).size).toBeGreaterThan(20);
  const lacking = loaded.filter(({ name }) => !(name in dependencies));
  expect(lacking).toEqual(Object.entries(optional).flatMap(([file, names]) => names.map((name) => ({ file, name }))));
});

test("what only tests and the local system load isn't a part of it", () => {
  const heavy = ["@sparticuz/chromium", "@biomejs/biome", "mjml", "playwright-core", "recheck", "typescript", "vitest"];
  expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(heavy));
});
