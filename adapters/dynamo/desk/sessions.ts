import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { endOf, LONGEST, Session, SessionHolder } from "#domain/desk/session.ts";
import { queryAll } from "../query.ts";
import { type Table as DynamoTable, fromItem, type Keys, toItem, writeIf } from "../table.ts";

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
export function dynamoSessions(table: DynamoTable) {
  const { document, name: TableName } = table;
  return {
    put: async (hash: string, session: Session): Promise<void> => {
      // Written first, so no session can be missing from the list.
      await document.send(new PutCommand({ TableName, Item: holderItem(hash, session) }));
      const Item = toItem(TYPE, VERSION, keysOf(hash), session, ttlOf(session));
      await document.send(new PutCommand({ TableName, Item }));
    },
    /** Strongly consistent, so signing out takes effect at once. */
    get: async (hash: string): Promise<Session | undefined> => {
      const { Item } = await document.send(new GetCommand({ TableName, Key: keysOf(hash), ConsistentRead: true }));
      return Item === undefined ? undefined : fromItem(Session, TYPE, VERSION, Item);
    },
    /** Updates it, if it is still as it was read. False: it is gone, or another request was faster. */
    renew: (hash: string, before: Session, after: Session): Promise<boolean> =>
      writeIf(
        document.send(
          new UpdateCommand({
            TableName,
            Key: keysOf(hash),
            UpdateExpression:
              "SET #identity = :identity, usedAt = :usedAt, askedAt = :askedAt, renewal = :renewal, #ttl = :ttl",
            ConditionExpression: "usedAt = :usedBefore AND askedAt = :askedBefore",
            ExpressionAttributeNames: { "#identity": "identity", "#ttl": "ttl" },
            ExpressionAttributeValues: {
              ":identity": after.identity,
              ":usedAt": after.usedAt,
              ":askedAt": after.askedAt,
              ":renewal": after.renewal,
              ":ttl": ttlOf(after),
              ":usedBefore": before.usedAt,
              ":askedBefore": before.askedAt,
            },
          }),
        ),
      ),
    /** Ends it. It is removed from the list last, so a session that couldn't be ended is still listed. */
    remove: async (hash: string): Promise<void> => {
      await document.send(new DeleteCommand({ TableName, Key: keysOf(hash) }));
      await document.send(new DeleteCommand({ TableName, Key: holderKeys(hash) }));
    },
    /** All sessions of the last day. */
    holders: async (): Promise<SessionHolder[]> => {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk",
        ExpressionAttributeValues: { ":pk": PARTITION },
      });
      return items.map((item) => fromItem(SessionHolder, HOLDER, VERSION, item));
    },
  };
}
export type DynamoSessions = ReturnType<typeof dynamoSessions>;
