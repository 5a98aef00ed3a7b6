import { WarmUp } from "#domain/audience/warm-up.ts";
import { getItem, isNext, putItem } from "../requests.ts";
import { fromItem, type Keys, type Table, toItem } from "../table.ts";

const warmUpKeys = (newsletter: string): Keys => ({ PK: `WARMUP#${newsletter}`, SK: "#" });

/** The state of each newsletter's warm-up: one item, changed by imports, freezes and operators. */
export function dynamoWarmUps(table: Table) {
  return {
    async get(newsletter: string): Promise<WarmUp | undefined> {
      const item = await getItem(table, warmUpKeys(newsletter));
      return item && fromItem(WarmUp, "warm-up", 1, item);
    },

    put: (newsletter: string, warmUp: WarmUp): Promise<boolean> =>
      putItem(table, toItem("warm-up", 1, warmUpKeys(newsletter), warmUp), isNext("changes", warmUp.changes)),
  };
}
export type DynamoWarmUps = ReturnType<typeof dynamoWarmUps>;
