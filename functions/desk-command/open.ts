import { Logger } from "@aws-lambda-powertools/logger";
import { openTable } from "#adapters/dynamo/table.ts";
import type { Command } from "../command/answer.ts";
import { editorialTable } from "../command/editorial-table.ts";
import { openEditorial } from "../command/open-editorial.ts";
import { Environment, name } from "./contract.ts";

export const logger = new Logger({ serviceName: name });

export function open(): Record<string, Command> {
  const environment = Environment.parse(process.env);
  return editorialTable(openEditorial(openTable(environment.TABLE_NAME), environment, logger));
}
