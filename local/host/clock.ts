/** The clock of a local system: what EventBridge Scheduler's two rates are in a deployment. Each runs at once, then again. */
export function startClock(rates: readonly { ms: number; run(): void }[]): () => void {
  const timers = rates.map(({ ms, run }) => {
    run();
    return setInterval(run, ms);
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
