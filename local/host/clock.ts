/**
 * The schedules of a local system, like EventBridge Scheduler's two in a deployment. Each runs at once, then
 * repeatedly.
 */
export function startClock(rates: readonly { ms: number; run(): void }[]): () => void {
  const timers = rates.map(({ ms, run }) => {
    run();
    return setInterval(run, ms);
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
