import { createHash } from "node:crypto";
import { acceptAddress, identityOf } from "#domain/audience/address/address.ts";

/**
 * A map from addresses to numbers above 0, up to 2³², in flat memory: an address is 52 bits of its hash, so a million need
 * 24 MB.
 */
export function addressTable() {
  let size = 0;
  let slots = new Float64Array(4096);
  let values = new Uint32Array(4096);
  const find = (table: Float64Array, hash: number): number => {
    let at = hash % table.length;
    while (table[at] !== 0 && table[at] !== hash) at = (at + 1) % table.length;
    return at;
  };
  const grow = () => {
    const larger = new Float64Array(slots.length * 2);
    const moved = new Uint32Array(larger.length);
    for (const [at, hash] of slots.entries()) {
      if (hash === 0) continue;
      const to = find(larger, hash);
      larger[to] = hash;
      moved[to] = values[at] ?? 0;
    }
    [slots, values] = [larger, moved];
  };
  return {
    get(address: string): number | undefined {
      return values[find(slots, hashOf(address))] || undefined;
    },
    /** False: the address is there already, and keeps its number. */
    add(address: string, value: number): boolean {
      const hash = hashOf(address);
      const at = find(slots, hash);
      if (slots[at] === hash) return false;
      slots[at] = hash;
      values[at] = value;
      size += 1;
      if (size * 2 > slots.length) grow();
      return true;
    },
  };
}

function hashOf(address: string): number {
  const accepted = acceptAddress(address);
  const digest = createHash("sha256")
    .update(identityOf(accepted.ok ? accepted.value : address.trim()))
    .digest();
  return 1 + digest.readUIntBE(0, 6) * 16 + ((digest[6] ?? 0) & 15);
}
