import { fault } from "#domain/outcome.ts";
import { type Answer, answer } from "../command/answer.ts";
import { DeskRequest, isAllowed, isDeskCommand, lowestRole, signedCommand } from "./contract.ts";
import { logger, open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

/** The desk hides what a role may not do; this function also refuses it, whatever the desk's code does. */
export async function handler(event: unknown): Promise<Answer> {
  const request = DeskRequest.parse(event);
  const { person, command } = request;
  if (!isDeskCommand(command.do)) return fault("not-allowed", `"${command.do}" can't be given from the desk.`);
  if (!isAllowed(person.role, command.do)) {
    return fault("not-allowed", `"${command.do}" needs the role ${lowestRole[command.do]}; you are ${person.role}.`);
  }
  opened ??= open();
  return answer(opened, signedCommand(request), (message, error) => logger.error(message, { error }));
}
