/**
 * A stored item that this version of Broadsheet cannot read: another version wrote it, or it is damaged. Trying again
 * does not help; the message names the item and what is wrong with it, without its values.
 */
export class UnreadableItem extends Error {
  override readonly name = "UnreadableItem";
}

export const isUnreadableItem = (error: unknown): error is UnreadableItem => error instanceof UnreadableItem;
