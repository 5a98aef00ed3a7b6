import { config } from "#broadsheet.config.ts";
import { Environment } from "#functions/send/contract.ts";

/** Settings that a trial changes, most of them times that it shortens. */
export type Trial = {
  readonly delivery: typeof config.delivery;
  /** Seconds between two rounds of watch. */
  readonly watchSeconds: number;
};

export const production: Trial = { delivery: config.delivery, watchSeconds: 60 };

/** A flag of `up` and of the host, for one setting of a trial. */
type TrialFlag = { readonly name: string; readonly argument: string; readonly help: string };

/** Seconds each. */
const flags = {
  lease: "seconds until another sender takes over from one that died",
  claim: "seconds that a sender keeps a batch; after that its call is unknown",
  call: "seconds that SES can take to answer",
  run: "seconds that a run of the sender lasts",
  settle: "seconds to wait for SES's events before an unanswered call is resolved",
  canary: "seconds to wait for a large edition's first deliveries before the rest; off sends all at once",
  watch: "seconds between two rounds of watch",
} as const;

export const trialFlags: readonly TrialFlag[] = [
  ...Object.entries(flags).map(([name, help]) => ({
    name,
    argument: name === "canary" ? "<seconds|off>" : "<seconds>",
    help: `Trial: ${help}`,
  })),
  { name: "senders", argument: "<n>", help: "Trial: how many senders share SES's rate, up to 8" },
];

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
    ...defined({ senders: sendersOf(given.senders) }),
  };
  return { delivery, watchSeconds: seconds("watch") ?? production.watchSeconds };
}

/** The value of one flag, if it can be read. @throws Error in words */
export function checkTrialFlag(name: string, value: string): string {
  readTrial({ [name]: value });
  return value;
}

/** Differences from production, for people; empty: none. */
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

function sendersOf(given: unknown): number | undefined {
  if (given === undefined) return undefined;
  const senders = Number(given);
  const { success } = Environment.shape.DELIVERY_SETTINGS.safeParse(JSON.stringify({ senders }));
  if (!success) throw new Error(`--senders ${given}: give a whole number from 1 to 8.`);
  return senders;
}

const defined = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
