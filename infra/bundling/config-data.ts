import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { config } from "#broadsheet.config.ts";
import { configData } from "./esbuild-options.ts";

/**
 * Writes the checked config, defaults filled in, as the module that bundles have in place of broadsheet.config.ts. A
 * function would check the same file at each cold start, with all the schemas for it: as long as to import the DynamoDB
 * client.
 */
export function writeConfigData(): void {
  const text = `export const config = ${JSON.stringify(config)};\n`;
  if (readIfThere() === text) return;
  mkdirSync(dirname(configData), { recursive: true });
  // In one step: another process may read it.
  writeFileSync(`${configData}.${process.pid}`, text);
  renameSync(`${configData}.${process.pid}`, configData);
}

function readIfThere(): string | undefined {
  try {
    return readFileSync(configData, "utf8");
  } catch {
    return undefined;
  }
}
