import * as z from "zod";
import type { EditionKey } from "#domain/edition/edition.ts";
import { Heartbeat } from "#domain/notices/heartbeat.ts";
import type { NoticeKind } from "#domain/notices/notice.ts";
import { Instant } from "#domain/time/instant.ts";
import { editionPK } from "../delivery/batches.ts";
import { getItem, isNew, putItem } from "../requests.ts";
import { fromItem, type Table, toItem } from "../table.ts";

const heartbeatKeys = (key: EditionKey) => ({ PK: editionPK(key), SK: "HEARTBEAT" });
const noticeKeys = (key: EditionKey, kind: NoticeKind) => ({ PK: editionPK(key), SK: `NOTICE#${kind}` });
const Marked = z.strictObject({ at: Instant });

/** Heartbeats of finished editions, and marks of queued notices. */
export function dynamoNotices(table: Table) {
  return {
    async heartbeat(key: EditionKey): Promise<Heartbeat | undefined> {
      const item = await getItem(table, heartbeatKeys(key));
      return item && fromItem(Heartbeat, "heartbeat", 1, item);
    },
    saveHeartbeat: (key: EditionKey, heartbeat: Heartbeat): Promise<boolean> =>
      putItem(table, toItem("heartbeat", 1, heartbeatKeys(key), heartbeat), isNew),
    async isNoticed(key: EditionKey, kind: NoticeKind): Promise<boolean> {
      const item = await getItem(table, noticeKeys(key, kind));
      return item !== undefined && fromItem(Marked, "notice", 1, item).at !== "";
    },
    async markNoticed(key: EditionKey, kind: NoticeKind, at: Instant): Promise<void> {
      await putItem(table, toItem("notice", 1, noticeKeys(key, kind), { at }), isNew);
    },
  };
}
