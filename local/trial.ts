import { config } from "#broadsheet.config.ts";

/** What a trial shortens, so that nobody has to wait as long as production does. */
export type Trial = {
  readonly delivery: typeof config.delivery;
  /** Seconds between two rounds of watch. */
  readonly watchSeconds: number;
};

export const production: Trial = { delivery: config.delivery, watchSeconds: 60 };

/** A flag of `up` and of the host, the setting it is, and what it says in the help. */
type TrialFlag = { readonly name: string; readonly argument: string; readonly help: string };

/** Seconds each. */
const flags = {
  lease: "after so many seconds another sender takes over from one that died",
  claim: "so long a batch is its sender's; then its call is unknown",
  call: "so long SES may take to answer",
  run: "so long a run of the sender lasts",
  settle: "so long SES's events are waited for before a call without an answer is settled",
  canary: "so long a large edition's first readers are waited for before the rest follow; off: all at once",
  watch: "between two rounds of watch",
} as const;

export const trialFlags: readonly TrialFlag[] = Object.entries(flags).map(([name, help]) => ({
  name,
  argument: name === "canary" ? "<seconds|off>" : "<seconds>",
  help: `trial: ${help}`,
}));

type Given = Readonly<Record<string, unknown>>;

/** Reads the flags that were given. @throws Error in words. */
export function readTrial(given: Given): Trial {
  const seconds = (name: keyof typeof flags) => secondsOf(name, given[name]);
  const lease = seconds("lease");
  const delivery = {
    ...config.delivery,
    ...(lease === undefined ? {} : { leaseSeconds: lease, leaseRenewSeconds: lease / 5 }),
    ...defined({ claimSeconds: seconds("claim"), callTimeoutSeconds: seconds("call"), runSeconds: seconds("run") }),
    ...defined({ settleSeconds: seconds("settle") }),
    ...defined({ canarySeconds: given.canary === "off" ? ("off" as const) : seconds("canary") }),
  };
  return { delivery, watchSeconds: seconds("watch") ?? production.watchSeconds };
}

/** What differs from production, for people; empty where nothing does. */
export function describeTrial({ delivery, watchSeconds }: Trial): string {
  const changed = Object.entries(delivery).filter(
    ([name, value]) => Object.entries(production.delivery).find(([other]) => other === name)?.[1] !== value,
  );
  const all = watchSeconds === production.watchSeconds ? changed : [...changed, ["watchSeconds", watchSeconds]];
  return all.map(([name, value]) => `${name} ${value}`).join(", ");
}

function secondsOf(name: string, given: unknown): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} ${given}: give a number of seconds above 0.`);
}

const defined = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
