import { globSync, readFileSync, writeFileSync } from "node:fs";
import { posix } from "node:path";

/** The rooms of the repository, in the order in which docs/architecture.md draws them. */
const rooms = ["cli", "local", "infra", "functions", "usecases", "adapters", "templates", "domain"] as const;

/** Which room imports which, from the imports of every file. The config counts as a room of its own. */
export function arrows(): [from: string, to: string][] {
  const found = new Set<string>();
  for (const file of globSync([`{${rooms.join(",")}}/**/*.{ts,js}`, "broadsheet.config.ts"])) {
    if (file.includes("/compiled/") || file.endsWith(".d.ts")) continue;
    const from = roomOf(file);
    for (const [, spec = ""] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"([#.][^"]+)"/g)) {
      if (spec === "#package.json") continue;
      const to = roomOf(spec.startsWith("#") ? spec.slice(1) : posix.join(posix.dirname(file), spec));
      if (to !== from) found.add(`${from} ${to}`);
    }
  }
  const order = ["config", ...rooms];
  return [...found]
    .map((pair): [string, string] => {
      const [from = "", to = ""] = pair.split(" ");
      return [from, to];
    })
    .toSorted(([a, b], [c, d]) => order.indexOf(a) - order.indexOf(c) || order.indexOf(b) - order.indexOf(d));
}

const roomOf = (path: string): string => (path.startsWith("broadsheet.config") ? "config" : (path.split("/")[0] ?? ""));

/** The picture of the rooms, as Mermaid draws it. */
export function picture(): string {
  return [
    "```mermaid",
    "graph TD",
    ...["config", ...rooms].map((room) => `  ${room}`),
    ...arrows().map(([from, to]) => `  ${from} --> ${to}`),
    "```",
  ].join("\n");
}

const page = "docs/architecture.md";
const drawn = /```mermaid\ngraph TD\n[^`]*```/;

/** The picture that the page has now. */
export const pictureInPage = (): string => drawn.exec(readFileSync(page, "utf8"))?.[0] ?? "";

if (import.meta.main) writeFileSync(page, readFileSync(page, "utf8").replace(drawn, picture()));
