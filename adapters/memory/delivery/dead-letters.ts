import type { DeadMessage } from "#domain/delivery/resolving/dead-letter.ts";
import type { SqsDeadLetters } from "../../sqs/dead-letters.ts";

/** In-memory version of adapters/sqs/dead-letters.ts, over an array of messages. */
export function memoryDeadLetters(messages: DeadMessage[] = []): SqsDeadLetters {
  return {
    count: async () => messages.length,
    look: async (most) => structuredClone(messages.slice(0, most)),
    async empty(most, take) {
      let taken = 0;
      for (const message of messages.slice(0, most)) {
        if (!(await take(structuredClone(message)))) continue;
        messages.splice(messages.indexOf(message), 1);
        taken += 1;
      }
      return taken;
    },
  };
}
