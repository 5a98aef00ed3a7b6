/** A time limit that doesn't count the time in which something else is waited for. */
export function openTimeLimit(milliseconds: number) {
  const controller = new AbortController();
  let left = milliseconds;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    since = performance.now();
    // Not AbortSignal.timeout, which wouldn't keep the process alive.
    timer = setTimeout(() => controller.abort(), left);
  };
  const stop = () => {
    clearTimeout(timer);
    left -= performance.now() - since;
  };
  start();
  return {
    /** Aborted when the time is up, and at the end. */
    signal: controller.signal,
    without: async (wait: () => Promise<void>): Promise<void> => {
      stop();
      await wait();
      if (!controller.signal.aborted) start();
    },
    end: () => {
      stop();
      controller.abort();
    },
  };
}
