import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { root, slimClients, slimZod } from "../bundling/esbuild-options.ts";

const Package = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** Licences of the packages in the bundles; most require their text to be included. */
export function licencesOf(inputs: Iterable<string>): string {
  const folders = new Set([...inputs].flatMap((file) => folderOf(file) ?? []));
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = Package.parse(
      JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")),
    );
    return `${name} ${version} (${license})\n\n${textIn(join(root, folder))}`;
  });
  return `Code of these packages is part of this one.\n\n${parts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

/** The folder of a bundled file's package; undefined: ours. */
function folderOf(file: string): string | undefined {
  const slim = Object.entries({ ...slimClients, ...slimZod }).find(([, folder]) =>
    `${root}${file}`.startsWith(`${folder}/`),
  );
  if (slim !== undefined) return `node_modules/${slim[0]}`;
  const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
  // Some packages contain others without a package.json, under the outer one's licence.
  if (folder === undefined || existsSync(join(root, folder, "package.json"))) return folder;
  return folderOf(dirname(folder));
}

function textIn(folder: string): string {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  const files = names.map((name) => join(folder, name));
  return files.map((file) => readFileSync(file, "utf8").trim()).join("\n\n") || "(The package has no licence file.)";
}
