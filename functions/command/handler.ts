import { type Answer, answer } from "./answer.ts";
import { logger, open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

export async function handler(event: unknown): Promise<Answer> {
  opened ??= open();
  return answer(opened, event, (message, error) => logger.error(message, { error }));
}
