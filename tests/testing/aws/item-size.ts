/** What DynamoDB charges an item's size by: the bytes of its names and of its values; lists and maps have 3 more, and 1 an element. */
export function itemSize(item: object): number {
  return Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOf(value), 0);
}

function bytesOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + 1 + bytesOf(one), 3);
  if (typeof value === "number") return 1 + Math.ceil(String(value).length / 2);
  return typeof value === "object" && value !== null ? 3 + Object.keys(value).length + itemSize(value) : 1;
}
