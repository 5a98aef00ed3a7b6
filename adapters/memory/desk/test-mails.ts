import type { TestMailCount } from "#domain/edition/test-mail.ts";
import type { DynamoTestMails } from "../../dynamo/desk/test-mails.ts";

/** In-memory version of adapters/dynamo/desk/test-mails.ts. */
export function memoryTestMails(): DynamoTestMails {
  const counts = new Map<string, TestMailCount>();
  let key: string | undefined;
  return {
    key: async (made) => {
      key ??= made();
      return key;
    },
    count: async (id) => counts.get(id),
    saveCount: async (id, count) => {
      if ((counts.get(id)?.n ?? 0) !== count.n - 1) return false;
      counts.set(id, count);
      return true;
    },
  };
}
