/**
 * Plain data that no one can change any more, so it can be handed out without a copy, as if it came from a table:
 * anyone who changes it in place fails at once. Copies were a third of what a simulated edition costs.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const field of Object.values(value)) deepFreeze(field);
  return Object.freeze(value);
}
