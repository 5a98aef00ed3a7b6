import "./node.js";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";

// npm links the commands of a package's dependencies, never its own; npx finds ours by this link.
// Windows has no such links without rights for them: there `npm start` and `node cli/start.js` do.
if (process.platform !== "win32") {
  const bin = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));
  mkdirSync(bin, { recursive: true });
  rmSync(`${bin}/broadsheet`, { force: true });
  symlinkSync("../../cli/start.js", `${bin}/broadsheet`);
}
