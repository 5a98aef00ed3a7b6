import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { endOf, LONGEST, Session, SessionHolder } from "#domain/desk/session.ts";
import { queryAll } from "./query.ts";
import { type Table as DynamoTable, fromItem, type Keys, toItem, writeIf } from "./table.ts";

const TYPE = "session";
const HOLDER = "session-holder";
const VERSION = 1;
/** Few people sit at a desk: one partition lists all of their sessions. */
const PARTITION = "SESSIONS";

/** A session is found by the hash of what its cookie holds: anyone who reads the table cannot sit down with it. */
const keysOf = (hash: string): Keys => ({ PK: `SESSION#${hash}`, SK: "#" });
const ttlOf = (session: Session) => Math.ceil(endOf(session) / 1000);

const holderKeys = (hash: string): Keys => ({ PK: PARTITION, SK: hash });

function holderItem(hash: string, { identity: { id, name, email }, signedInAt }: Session) {
  const ttl = Math.ceil((signedInAt + LONGEST) / 1000);
  return toItem(HOLDER, VERSION, holderKeys(hash), { hash, id, name, email, signedInAt }, ttl);
}

/** Who is at the desk. Forgotten by TTL, which may be two days late: the session itself says when it is over. */
export function dynamoSessions(table: DynamoTable) {
  const { document, name: TableName } = table;
  return {
    put: async (hash: string, session: Session): Promise<void> => {
      // First, so no session can be missing from the list.
      await document.send(new PutCommand({ TableName, Item: holderItem(hash, session) }));
      const Item = toItem(TYPE, VERSION, keysOf(hash), session, ttlOf(session));
      await document.send(new PutCommand({ TableName, Item }));
    },
    /** Strongly consistent: anyone who signed out is out. */
    get: async (hash: string): Promise<Session | undefined> => {
      const { Item } = await document.send(new GetCommand({ TableName, Key: keysOf(hash), ConsistentRead: true }));
      return Item === undefined ? undefined : fromItem(Session, TYPE, VERSION, Item);
    },
    /** Writes how it is now, if it is still as it was read. False: it is gone, or another request was faster. */
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
    /** Ends it. The list last: one that could not be ended is still on it. */
    remove: async (hash: string): Promise<void> => {
      await document.send(new DeleteCommand({ TableName, Key: keysOf(hash) }));
      await document.send(new DeleteCommand({ TableName, Key: holderKeys(hash) }));
    },
    /** Everyone's sessions of the last day. */
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
