/** Place in memory for the large body of one poll. */
export type BodyPlace = {
  /** Resolves when there is place. A poll has one place, however often it requests one. */
  readonly take: () => Promise<void>;
  /** Leaves the place, or no longer waits for it. */
  readonly free: () => void;
};

/**
 * Bounds how many polls have a large body in memory at once: feeds of the largest size that all come at the same time
 * would take more than the function has. The others wait in order; small bodies never do.
 */
export function openBodyPlaces(most: number): () => BodyPlace {
  let left = most;
  const waiting = new Set<() => void>();
  const give = () => {
    for (const start of waiting) {
      if (left === 0) return;
      waiting.delete(start);
      left -= 1;
      start();
    }
  };
  return () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let hasRequested = false;
    let isHeld = false;
    const start = () => {
      isHeld = true;
      resolve();
    };
    return {
      take: () => {
        if (!hasRequested) waiting.add(start);
        hasRequested = true;
        give();
        return promise;
      },
      free: () => {
        waiting.delete(start);
        if (isHeld) left += 1;
        isHeld = false;
        give();
      },
    };
  };
}
