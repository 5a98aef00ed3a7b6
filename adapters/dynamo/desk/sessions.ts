import { endOf, LONGEST, Session, SessionHolder } from "#domain/desk/session.ts";
import { inPartition, queryAll } from "../query.ts";
import { deleteItem, getItem, putItem, updateItem } from "../requests.ts";
import { fromItem, type Keys, type Table, toItem } from "../table.ts";

const TYPE = "session";
const HOLDER = "session-holder";
const VERSION = 1;
/** A desk has few people, so one partition lists all of their sessions. */
const PARTITION = "SESSIONS";

/** A session is stored under the hash of its cookie's value, so someone who can read the table can't use it. */
const keysOf = (hash: string): Keys => ({ PK: `SESSION#${hash}`, SK: "#" });
const ttlOf = (session: Session) => Math.ceil(endOf(session) / 1000);

const holderKeys = (hash: string): Keys => ({ PK: PARTITION, SK: hash });

function holderItem(hash: string, { identity: { id, name, email }, signedInAt }: Session) {
  const ttl = Math.ceil((signedInAt + LONGEST) / 1000);
  return toItem(HOLDER, VERSION, holderKeys(hash), { hash, id, name, email, signedInAt }, ttl);
}

/** Sessions at the desk. TTL may delete them two days late, so each session has its own end. */
export function dynamoSessions(table: Table) {
  return {
    put: async (hash: string, session: Session): Promise<void> => {
      // Written first, so no session can be missing from the list.
      await putItem(table, holderItem(hash, session));
      await putItem(table, toItem(TYPE, VERSION, keysOf(hash), session, ttlOf(session)));
    },
    /** Strongly consistent, so signing out takes effect at once. */
    get: async (hash: string): Promise<Session | undefined> => {
      const item = await getItem(table, keysOf(hash));
      return item && fromItem(Session, TYPE, VERSION, item);
    },
    /** Updates it, if it is still as it was read. False: it is gone, or another request was faster. */
    renew: (hash: string, before: Session, after: Session): Promise<boolean> =>
      updateItem(table, keysOf(hash), {
        update: "SET #identity = :identity, usedAt = :usedAt, askedAt = :askedAt, renewal = :renewal, #ttl = :ttl",
        if: "usedAt = :wasUsedAt AND askedAt = :wasCheckedAt",
        values: {
          ...{ identity: after.identity, usedAt: after.usedAt, askedAt: after.askedAt, renewal: after.renewal },
          ...{ ttl: ttlOf(after), wasUsedAt: before.usedAt, wasCheckedAt: before.askedAt },
        },
      }),
    /** Ends it. It is removed from the list last, so a session that couldn't be ended is still listed. */
    remove: async (hash: string): Promise<void> => {
      await deleteItem(table, keysOf(hash));
      await deleteItem(table, holderKeys(hash));
    },
    /** All sessions of the last day. */
    holders: async (): Promise<SessionHolder[]> => {
      const items = await queryAll(table, inPartition(PARTITION));
      return items.map((item) => fromItem(SessionHolder, HOLDER, VERSION, item));
    },
  };
}
export type DynamoSessions = ReturnType<typeof dynamoSessions>;
