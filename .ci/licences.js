/**
 * `node .ci/licences.js SBOM.json`: prints the licence of each package of npm's CycloneDX list, grouped, as text for
 * people. Fails where a package names none. sharp brings libvips (LGPL-3.0-or-later) as a library of its own.
 */
import { readFileSync } from "node:fs";

const [file = ""] = process.argv.slice(2);
const { components = [] } = JSON.parse(readFileSync(file, "utf8"));

/** @param {{ licenses?: { license?: { id?: string, name?: string }, expression?: string }[] }} component */
const licencesOf = ({ licenses = [] }) =>
  licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? "").join(" AND ");

/** @type {Map<string, string[]>} */
const groups = new Map();
for (const component of components) {
  const licence = licencesOf(component) || "UNKNOWN";
  groups.set(licence, [...(groups.get(licence) ?? []), `${component.name}@${component.version}`]);
}
for (const [licence, names] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${licence} (${names.length})`);
  for (const name of [...new Set(names)].sort()) console.log(`  ${name}`);
}
if (groups.has("UNKNOWN")) {
  console.error(`No licence is named by: ${groups.get("UNKNOWN")?.join(", ")}`);
  process.exitCode = 1;
}
