/** One call that reached the simulator, as a test counts it. Never an address. */
type LoggedCall = {
  /** Epoch milliseconds, with fractions. */
  ms: number;
  at: string;
  operation: string;
  recipients: number;
  /** Messages accepted. */
  accepted: number;
  /** HTTP status; 0: the connection was closed without an answer. */
  status: number;
  /** SES's name of the error. */
  error: string | null;
  /** Kinds of the faults that struck it. */
  faults: string[];
};

const kept = 200_000;

/** The log of calls; the oldest go when there are more than 200,000. */
export function createCalls() {
  let calls: LoggedCall[] = [];
  return {
    add(call: LoggedCall) {
      calls.push(call);
      if (calls.length > kept) calls = calls.slice(kept / 2);
    },
    all: (): readonly LoggedCall[] => calls,
    clear: () => {
      calls = [];
    },
    summary: () => summarise(calls),
  };
}

export type Calls = ReturnType<typeof createCalls>;

function summarise(calls: readonly LoggedCall[]) {
  const sends = calls.filter((call) => call.recipients > 0);
  const taken = sends.filter((call) => call.accepted > 0).sort((a, b) => a.ms - b.ms);
  return {
    calls: sends.length,
    recipients: total(sends.map((call) => call.recipients)),
    accepted: total(sends.map((call) => call.accepted)),
    throttled: sends.filter((call) => call.status === 429).length,
    /** The most recipients accepted in any one second. */
    peak: peak(taken),
    first: taken[0]?.at ?? null,
    last: taken.at(-1)?.at ?? null,
  };
}

function peak(taken: readonly LoggedCall[]): number {
  let most = 0;
  let within = 0;
  let oldest = 0;
  for (const call of taken) {
    within += call.accepted;
    while (call.ms - (taken[oldest]?.ms ?? call.ms) >= 1000) within -= taken[oldest++]?.accepted ?? 0;
    most = Math.max(most, within);
  }
  return most;
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
