/**
 * A stored item that this version of Broadsheet can't read, because another version wrote it or it is damaged. Retrying
 * doesn't help. The message names the item and the fault, without its values.
 */
export class UnreadableItem extends Error {
  override readonly name = "UnreadableItem";
}

export const isUnreadableItem = (error: unknown): error is UnreadableItem => error instanceof UnreadableItem;
