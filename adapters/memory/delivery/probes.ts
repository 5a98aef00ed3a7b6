import type { ProbeEvent } from "#domain/delivery/resolving/probe.ts";
import type { Probes } from "#usecases/ports/services.ts";

/** In-memory version of adapters/dynamo/delivery/probes.ts. */
export function memoryProbes(): Probes {
  const seen = new Map<string, Set<ProbeEvent>>();
  return {
    async arrived(messageId, event) {
      seen.set(messageId, (seen.get(messageId) ?? new Set()).add(event));
    },
    events: async (messageId) => [...(seen.get(messageId) ?? [])],
  };
}
