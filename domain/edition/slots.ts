/**
 * Puts items that were given a place there, and lets the rest keep their order around them. A place past the end is
 * the last. Of two items with one place the one decided later has it, and the other the nearest free place after it,
 * or before it where there is none; so items that want different places can be decided on in any order.
 *
 * @param fixed in the order they were decided on.
 * @param size places there are at most; what does not fit is left out, the rest first.
 */
export function slotted<T>(rest: readonly T[], fixed: readonly { item: T; place: number }[], size: number): T[] {
  const slots = new Array<{ item: T } | null>(Math.min(size, rest.length + fixed.length)).fill(null);
  const wanted = (place: number) => Math.min(place, slots.length - 1);
  // First each place its latest story, so that one that has to give way takes no other's place.
  const displaced = fixed.toReversed().filter(({ item, place }) => {
    if (slots.length === 0 || slots[wanted(place)] !== null) return true;
    slots[wanted(place)] = { item };
    return false;
  });
  for (const { item, place } of displaced) {
    const after = slots.findIndex((slot, index) => index >= wanted(place) && slot === null);
    const free = after >= 0 ? after : slots.lastIndexOf(null);
    if (free >= 0) slots[free] = { item };
  }
  const others = rest.values();
  return slots.flatMap((slot) => {
    if (slot) return [slot.item];
    const next = others.next();
    return next.done ? [] : [next.value];
  });
}
