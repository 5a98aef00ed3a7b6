import type { DeliveryStore } from "#adapters/memory/store.ts";
import { toInstant } from "#domain/time/instant.ts";
import { after, MINUTE, type World } from "./world.ts";

/**
 * Restores the table of some seconds or minutes ago as a new table, and ends all runs, as a deployment does. SES still
 * knows what the table has forgotten, and the queue still delivers events that were in transit.
 */
export async function restoreOnce(world: World): Promise<void> {
  const { dice, time, store, items, running } = world;
  await time.sleep(dice.between(5_000, 1.5 * MINUTE));
  const backup = copyOf(store);
  const backupAt = time.now();
  const subscribers = new Map(items);
  await after(time, dice.between(1_000, 3 * MINUTE), () => {
    for (const process of running) process.crash();
    putBack(store, backup);
    items.clear();
    for (const [name, subscriber] of subscribers) items.set(name, subscriber);
    store.birth.now = { arn: "restored", createdAt: toInstant(time.now()) };
    Object.assign(world.restored, { at: time.now(), backupAt });
  });
}

type Maps = Omit<DeliveryStore, "resendAllowed" | "sender" | "birth">;
const mapsOf = ({ resendAllowed: _, sender: __, birth: ___, ...maps }: DeliveryStore): Maps => maps;

/** Items never change in place; the maps that hold them do. */
function copyOf(store: DeliveryStore): DeliveryStore {
  return { ...structuredClone(store), birth: { ...store.birth } };
}

function putBack(store: DeliveryStore, backup: DeliveryStore): void {
  const [own, old] = [Object.entries(mapsOf(store)), Object.entries(mapsOf(backup))];
  for (const [at, [, map]] of own.entries()) {
    map.clear();
    for (const [name, item] of old[at]?.[1] ?? []) Reflect.apply(map.set, map, [name, item]);
  }
  store.resendAllowed.value = backup.resendAllowed.value;
  store.sender.value = backup.sender.value;
  store.birth.known = backup.birth.known;
}
