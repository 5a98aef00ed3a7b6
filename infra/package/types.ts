import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { root } from "../bundling/esbuild-options.ts";
import { fieldComments, withFieldComments } from "./field-comments.ts";

const entry = "infra/package/index.d.ts";

/** Writes the types of the package's exports and their dependencies. */
export function writeTypes(folder: string): void {
  const all = mkdtempSync(join(tmpdir(), "broadsheet-types-"));
  try {
    const options = ["--declaration", "--emitDeclarationOnly", "--noEmit", "false", "--outDir", all, "--rootDir", root];
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [tsc, "-p", join(root, "infra/package"), ...options], { stdio: "inherit" });
    copyTypes(entry, { all, folder, seen: new Set(), comments: fieldComments() });
  } finally {
    rmSync(all, { recursive: true, force: true });
  }
}

type Places = { all: string; folder: string; seen: Set<string>; comments: ReadonlyMap<string, string> };

/** Copies a declaration and its imports, replacing `#room/file.ts` paths, which only exist in this repository. */
function copyTypes(file: string, places: Places): void {
  if (places.seen.has(file)) return;
  places.seen.add(file);
  const text = readFileSync(join(places.all, file), "utf8").replaceAll(
    /(from |import\()"([#.][^"]+)\.ts"/g,
    (_, before: string, spec: string) => {
      const path = spec.startsWith("#") ? spec.slice(1) : join(dirname(file), spec);
      copyTypes(`${path}.d.ts`, places);
      const from = relative(dirname(file), path);
      return `${before}"${from.startsWith(".") ? from : `./${from}`}.js"`;
    },
  );
  const target = resolve(places.folder, file);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, withFieldComments(text, places.comments));
}
