import { Logger } from "@aws-lambda-powertools/logger";
import { openTable } from "#adapters/dynamo/table.ts";
import { fault } from "#domain/outcome.ts";
import { type Answer, answer, type Command } from "../command/answer.ts";
import { editorialTable } from "../command/editorial-table.ts";
import { openEditorial } from "../command/handler.ts";
import { DeskRequest, Environment, isAllowed, isDeskCommand, lowestRole, name, signedCommand } from "./contract.ts";

const logger = new Logger({ serviceName: name });
let table: Record<string, Command> | undefined;

/** Adapters are opened at the first call, so importing this costs nothing. */
function open(): Record<string, Command> {
  const environment = Environment.parse(process.env);
  return editorialTable(openEditorial(openTable(environment.TABLE_NAME), environment));
}

/** The desk hides what a role may not do; this refuses it, whatever the desk's own code does. */
export async function handler(event: unknown): Promise<Answer> {
  const request = DeskRequest.parse(event);
  const { person, command } = request;
  if (!isDeskCommand(command.do)) return fault("not-allowed", `"${command.do}" can't be given from the desk.`);
  if (!isAllowed(person.role, command.do)) {
    return fault("not-allowed", `"${command.do}" needs the role ${lowestRole[command.do]}; you are ${person.role}.`);
  }
  table ??= open();
  return answer(table, signedCommand(request), (message, error) => logger.error(message, { error }));
}
