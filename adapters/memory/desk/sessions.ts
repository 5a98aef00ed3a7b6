import type { Session } from "#domain/desk/session.ts";
import type { DynamoSessions } from "../../dynamo/desk/sessions.ts";

/** In-memory version of adapters/dynamo/desk/sessions.ts. */
export function memorySessions(): DynamoSessions {
  const sessions = new Map<string, Session>();
  return {
    put: async (hash, session) => void sessions.set(hash, structuredClone(session)),
    get: async (hash) => structuredClone(sessions.get(hash)),
    renew: async (hash, before, after) => {
      const known = sessions.get(hash);
      if (known === undefined || known.usedAt !== before.usedAt || known.askedAt !== before.askedAt) return false;
      sessions.set(hash, structuredClone({ ...after, signedInAt: known.signedInAt }));
      return true;
    },
    holders: async () =>
      [...sessions].map(
        ([
          hash,
          {
            identity: { id, name, email },
            signedInAt,
          },
        ]) => ({ hash, id, name, email, signedInAt }),
      ),
    remove: async (hash) => void sessions.delete(hash),
  };
}
