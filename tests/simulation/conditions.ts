import type { Network } from "./world/process.ts";
import { createDice, type Dice } from "./world/time.ts";

/** How often each thing happens in a call to SES: probabilities. */
export type SesFaults = {
  readonly throttle: number;
  /** The connection breaks before SES has the call, or after SES accepted it. */
  readonly dropBefore: number;
  readonly dropAfter: number;
  /** A dropped call arrives later, while its signature is still valid. */
  readonly straggles: number;
  readonly error500: number;
  readonly unreachable: number;
  /** SES answers after 3 to 30 s. */
  readonly slow: number;
  readonly mixed: number;
  /** The order of results in a mixed answer: that of the call, accepted ones first, or random. */
  readonly listing: "in order" | "taken first" | "any";
  readonly transient: number;
  /** SES refuses a whole call because of one reader in it. */
  readonly spoiled: number;
  /** The sender's process is frozen between signing and the gate. */
  readonly frozenAfterSigning: number;
  /** It is frozen between the gate and the socket, which no code can prevent. */
  readonly frozenAfterGate: number;
};

type EventFaults = {
  /** The probability that an event is lost, for each independently. */
  readonly lost: number;
  /** No event arrives at all. */
  readonly outage: boolean;
  readonly doubled: number;
  /** Milliseconds until an event arrives, so events overtake each other. */
  readonly delay: readonly [number, number];
  /** The probability that an email bounces, or that its reader complains. */
  readonly bounce: number;
};

/** What may go wrong in one story, and how often. */
export type Conditions = {
  readonly network: Network;
  /** The most that a process's clock is off, in milliseconds. */
  readonly skew: number;
  readonly ses: SesFaults;
  readonly events: EventFaults;
  /**
   * More events are lost or late than resolving allows for. Doubles by automatic resends are then counted separately.
   */
  readonly beyond: boolean;
  readonly resend: "auto" | "ask";
  readonly confirmations: boolean;
  /** Probabilities for each process. */
  readonly crash: number;
  readonly freeze: number;
  readonly terminated: number;
  /** Probabilities for each kick. */
  readonly kickLost: number;
  readonly kickDoubled: number;
  readonly watch: boolean;
  /** Minutes between two runs of watch: one, or more in long stories. */
  readonly watchMinutes: number;
  /** The probability that an edition is approved for a time some minutes later, so only watch can dispatch it. */
  readonly scheduled: number;
  /** The number of later drafts of each newsletter. */
  readonly drafts: number;
  /** The probability that two dispatches run at once. */
  readonly twice: number;
  /** Probabilities for the edition, and how often its readers change something. */
  readonly pause: number;
  readonly cancel: number;
  /** The edition has a deadline, within a minute. */
  readonly late: number;
  readonly resolve: number;
  readonly readerActions: number;
  readonly imports: number;
  /** A large import of this many readers, in parts, and the number that the first edition admits. 0: no import. */
  readonly imported: number;
  readonly admittedFirst: number;
  /** How many readers of each newsletter confirm on the web within twelve minutes. */
  readonly subscribing: number;
  /** The table is restored to an earlier state. */
  readonly restore: boolean;
  readonly newsletters: number;
  /** Editions of each newsletter, on successive dates, sent some seconds or some hours apart. */
  readonly editions: number;
  readonly apartHours: number;
  /**
   * The edition goes out in local time. If nothing fails, each reader gets it within minutes of their own time.
   * `moving`: how many move to another zone.
   */
  readonly localTime: boolean;
  readonly punctual: boolean;
  readonly zoneMoves: number;
  /** A large edition goes to first readers before the rest. */
  readonly canary: boolean;
  readonly readers: number;
  /** The approximate count divided by the true one; it is only used to choose the number of groups. */
  readonly drift: number;
  /** SES's rate in recipients a second, and what it changes to. */
  readonly rates: readonly number[];
  /** Whether the sender knows the rate before the first freeze. */
  readonly known: boolean;
  readonly share: number;
  /** How many senders share the rate, and what the setting changes to. */
  readonly senders: readonly number[];
  /** Seconds that one run of a sender lasts; short, so the lease changes hands often. */
  readonly runSeconds: number;
  /** SES's quota of recipients in 24 h, null for no limit, and how much of it others use. */
  readonly quota: number | null;
  /** What the quota changes to some hours later. */
  readonly laterQuota: number | null;
  readonly foreign: number;
};

const calmSes: SesFaults = {
  ...{ throttle: 0, dropBefore: 0, dropAfter: 0, straggles: 0, error500: 0, unreachable: 0, slow: 0, mixed: 0 },
  ...{ transient: 0, spoiled: 0, frozenAfterSigning: 0, frozenAfterGate: 0 },
  listing: "any",
};

export const calm: Conditions = {
  network: { latency: [1, 10], repeat: 0, fail: 0, hang: 0 },
  skew: 0,
  ses: calmSes,
  events: { lost: 0, outage: false, doubled: 0, delay: [200, 2_000], bounce: 0 },
  ...{ beyond: false, resend: "auto", confirmations: true },
  ...{
    crash: 0,
    freeze: 0,
    terminated: 0,
    kickLost: 0,
    kickDoubled: 0,
    watch: true,
    watchMinutes: 1,
    scheduled: 0,
    drafts: 0,
    twice: 0,
  },
  ...{ pause: 0, cancel: 0, late: 0, resolve: 0, readerActions: 0, imports: 0, subscribing: 0, restore: false },
  ...{ imported: 0, admittedFirst: 1 },
  ...{
    newsletters: 1,
    editions: 1,
    apartHours: 0,
    localTime: false,
    punctual: false,
    zoneMoves: 0,
    canary: false,
    readers: 7,
    drift: 700,
  },
  ...{ rates: [14], known: true, share: 1, senders: [1], runSeconds: 60, quota: null, laterQuota: null, foreign: 0 },
};

/** The number of editions in a story. */
export const editionsOf = ({ newsletters, editions }: Conditions): number => newsletters * editions;

/**
/**
 * The conditions of a seed's story. They have their own random numbers, so changing them doesn't change what happens in
 * it.
 * @param several true: with several senders
 */
export function conditionsOf(seed: number, several = false): Conditions {
  // Its own random numbers, as below.
  const rare = createDice(seed * 15_485_863 + 3);
  const kind = rare.chance(0.02) ? halting(rare, kindOf(seed)) : kindOf(seed);
  const conditions = several ? withSeveral(kind, createDice(seed * 86_243 + 3)) : kind;
  // Its own random numbers keep the stories as they were before this option existed.
  const listing = createDice(seed * 104_729 + 7).pick<SesFaults["listing"]>(["in order", "taken first", "any"]);
  // With a known order there are more mixed answers, so some of them also meet late or lost events.
  const mixed = conditions.ses.mixed * (listing === "any" ? 1 : 6);
  return { ...conditions, ses: { ...conditions.ses, listing, mixed } };
}

/** Enough readers and groups for several senders, whose number may change, as may SES's rate. */
function withSeveral(base: Conditions, dice: Dice): Conditions {
  const senders = dice.pick([[2], [2], [4], [4], [3], [8], [2, 4], [4, 2], [1, 4], [4, 1]]);
  const rates = [dice.pick([20, 40, 40, 80, 200])];
  if (base.rates.length > 1) rates.push(dice.pick([0.5, 1, 3, 14, 20, 40, 97]));
  const readers = Math.min(600, base.readers * dice.pick([1, 4, 10]));
  const groups = dice.pick([2, 4, 8, 16]);
  const drift = (groups * 10_000) / Math.max(1, readers);
  const quotaLeft = Math.ceil((rates[0] ?? 1) * 60 * dice.between(0, 1.5));
  const more = (quota: number | null) =>
    quota === null ? null : Math.ceil(quota * (readers / base.readers)) + quotaLeft;
  const quotas = { quota: more(base.quota), laterQuota: more(base.laterQuota) };
  return { ...base, ...quotas, senders, rates, readers, drift, runSeconds: dice.pick([20, 60, 60]) };
}

function kindOf(seed: number): Conditions {
  const dice = createDice(seed * 7_919 + 13);
  const kind = dice.next();
  const base = settingOf(dice);
  if (kind < 0.1) return { ...base, ...accidents(dice, 0) };
  if (kind < 0.16) return unwatched(dice, base);
  if (kind < 0.24) return rushed(dice, base);
  if (kind < 0.27) return { ...base, ...accidents(dice, 0.3), ...scarce(dice) };
  if (kind < 0.31) return betting(dice, base);
  if (kind < 0.318) return large(dice, { ...base, ...accidents(dice, 0.5) });
  const stormy = { ...base, ...accidents(dice, 1) };
  if (kind < 0.36) return beyond(dice, kind < 0.335 ? betting(dice, base) : stormy);
  if (kind < 0.87) return stormy;
  return kind < 0.93 ? warming(dice, base) : zoned(dice, base);
}

/** A large import, followed by some editions that admit its readers step by step. */
function warming(dice: Dice, base: Conditions): Conditions {
  const accidental = { ...base, ...accidents(dice, dice.pick([0, 0.5, 1])) };
  const times = { editions: dice.pick([2, 3, 4, 5]), apartHours: dice.pick([0.1, 0.5, 0.5, 2]), newsletters: 1 };
  const bounce = dice.pick([0, 0, 0.02, 0.3]);
  const queue = { imported: dice.whole(5, 60), admittedFirst: dice.pick([1, 2, 5, 12]) };
  // Some editions are stopped while being sent; the next one must not admit more.
  const stops = dice.chance(0.25) ? { late: 0.4, rates: [1], share: 1, known: false } : {};
  return { ...accidental, ...times, ...queue, ...stops, scheduled: 0, events: { ...accidental.events, bounce } };
}

/** How many readers and newsletters there are, and what SES allows. */
function settingOf(dice: Dice): Conditions {
  const rates = [dice.pick([0.5, 1, 1.5, 3, 14, 14, 97, 200])];
  if (dice.chance(0.2)) rates.push(dice.pick([0.5, 1, 3, 14, 97]));
  return {
    ...calm,
    network: { ...calm.network, latency: [1, dice.pick([10, 120, 300])] },
    skew: dice.chance(0.7) ? 2_000 : 0,
    resend: dice.chance(0.7) ? "auto" : "ask",
    confirmations: dice.chance(0.85),
    newsletters: dice.chance(0.15) ? 2 : 1,
    editions: dice.chance(0.3) ? 2 : 1,
    readers: dice.pick([0, 1, 2, 3, 7, 12, 20, 30, 45, 60]),
    rates,
    known: dice.chance(0.5),
    share: dice.chance(0.15) ? 0.5 : 1,
    scheduled: dice.chance(0.15) ? 0.7 : 0,
    drafts: dice.pick([0, 0, 2, 6]),
  };
}

/** All kinds of accidents; each is absent in most stories. */
function accidents(dice: Dice, by: number): Partial<Conditions> {
  const some = (most: number) => dice.sometimes(0.4 * by, most);
  return {
    network: { latency: [1, dice.pick([10, 120, 300])], repeat: some(0.06), fail: some(0.02), hang: some(0.01) },
    ses: {
      ...{ throttle: some(0.1), dropBefore: some(0.08), dropAfter: some(0.08), straggles: some(1) },
      ...{ error500: some(0.05), unreachable: some(0.06), slow: some(0.1), mixed: some(0.05) },
      ...{ transient: some(0.06), spoiled: some(0.03) },
      listing: "any",
      ...{ frozenAfterSigning: some(0.06), frozenAfterGate: some(0.02) },
    },
    events: {
      ...{ lost: some(0.05), outage: dice.chance(0.06 * by), doubled: some(0.3), bounce: some(0.05) },
      delay: dice.pick([
        [200, 2_000],
        [0, 60_000],
        [0, 600_000],
      ]),
    },
    ...{ crash: some(0.6), freeze: some(0.3), terminated: some(0.2), kickLost: some(0.5), kickDoubled: some(0.6) },
    ...{ twice: some(1), pause: some(0.8), cancel: some(0.2), late: some(0.3), resolve: some(1) },
    ...{ readerActions: Math.round(some(10)), imports: Math.round(some(2)), restore: dice.chance(0.04 * by) },
    subscribing: Math.round(some(8)),
  };
}

/** Nothing fails or waits, and watch doesn't run, so kicks alone must start all sending. */
const unwatched = (dice: Dice, base: Conditions): Conditions => ({
  ...base,
  rates: base.rates.slice(0, 1),
  ses: { ...calmSes, slow: dice.sometimes(0.5, 0.6) },
  ...{ terminated: dice.sometimes(0.7, 0.6), kickDoubled: dice.sometimes(0.5, 0.4), watch: false, scheduled: 0 },
});

/** Readers come and go while two dispatches freeze the same audience, one of them often far behind. */
const rushed = (dice: Dice, base: Conditions): Conditions => ({
  ...base,
  network: { latency: [1, 300], repeat: 0, fail: 0, hang: dice.sometimes(0.3, 0.01) },
  ...{ freeze: 0.5, twice: 1, readerActions: dice.whole(5, 20), imports: dice.whole(0, 3) },
  subscribing: dice.whole(0, 4),
});

/** The daily quota runs out: editions are some hours apart, and others send from the account too. */
function scarce(dice: Dice): Partial<Conditions> {
  const readers = dice.pick([7, 20, 45]);
  const quota = Math.ceil(readers * dice.between(1.1, 2.2));
  const foreign = dice.chance(0.6) ? dice.whole(0, readers) : 0;
  const laterQuota = Math.ceil(quota * dice.pick([1, 1, 1, 0.7, 1.5]));
  const times = { apartHours: dice.pick([0, 3, 9]), editions: dice.pick([1, 2, 3]), watchMinutes: 5 };
  return { readers, quota, laterQuota, foreign, ...times, newsletters: 1, readerActions: 0, imports: 0 };
}

/** Enough large batches for an automatic resend, in which missing events may count as proof that nothing was sent. */
const betting = (dice: Dice, base: Conditions): Conditions => ({
  ...base,
  ...{ readers: dice.whole(115, 150), rates: [5], share: 1, known: true, newsletters: 1, editions: 1 },
  ...{ resend: dice.chance(0.8) ? "auto" : "ask", confirmations: true },
  ses: { ...calmSes, dropBefore: 0.05, dropAfter: dice.sometimes(0.5, 0.03), straggles: dice.sometimes(0.7, 0.8) },
  events: {
    ...{ lost: dice.sometimes(0.5, 0.05), outage: dice.chance(0.15), doubled: dice.sometimes(0.3, 0.3), bounce: 0 },
    delay: dice.pick([
      [200, 2_000],
      [0, 120_000],
    ]),
  },
  ...{ crash: dice.sometimes(0.3, 0.2), resolve: dice.sometimes(0.2, 1) },
});

/** Calls smaller than their batch, some of them mixed; bounces halt the edition before all its events have arrived. */
const halting = (dice: Dice, base: Conditions): Conditions => ({
  ...base,
  ...{ readers: dice.whole(45, 120), rates: [40], share: 1, known: true, newsletters: 1, editions: 1, canary: false },
  ...{ confirmations: dice.chance(0.5), localTime: false, punctual: false, imported: 0, quota: null, beyond: false },
  ...{ pause: dice.sometimes(0.3, 1), resolve: dice.sometimes(0.2, 1), watch: true, watchMinutes: 1 },
  ses: { ...calmSes, mixed: 0.05, spoiled: 0.03, error500: 0.04, unreachable: 0.02 },
  events: { lost: 0, outage: false, doubled: dice.sometimes(0.3, 0.3), bounce: 0.1, delay: [0, 600_000] },
});

/** Enough readers for a canary: the first readers get it, then the rest if that went well. */
const large = (dice: Dice, base: Conditions): Conditions => ({
  ...base,
  ...{ readers: dice.whole(505, 600), rates: [200], known: true, newsletters: 1, editions: 1, canary: true },
  events: { ...base.events, bounce: dice.pick([0, 0.02, 0.1]) },
});

/** Readers in several time zones, over the hours of their own times. */
function zoned(dice: Dice, base: Conditions): Conditions {
  const by = dice.pick([0, 0, 0.5, 1]);
  const times = { editions: dice.pick([1, 1, 1, 2]), apartHours: 0, newsletters: 1, watchMinutes: 1 };
  const rest = { ...accidents(dice, by), restore: false, subscribing: dice.whole(0, 8) };
  const readers = dice.pick([3, 7, 12, 20, 30, 45]);
  const punctual = by === 0 && dice.chance(0.5);
  const calmly = punctual ? { skew: 0, rates: [14], share: 1 } : {};
  const moves = { readerActions: dice.whole(0, 12), zoneMoves: dice.whole(0, 6) };
  const queue = dice.chance(0.3) ? { imported: dice.whole(5, 30), admittedFirst: dice.pick([1, 5]) } : {};
  return {
    ...base,
    ...rest,
    ...times,
    ...calmly,
    ...moves,
    ...queue,
    readers,
    scheduled: 0,
    localTime: true,
    punctual,
  };
}

/** More events are lost or late than resolving allows for. */
const beyond = (dice: Dice, base: Conditions): Conditions => ({
  ...base,
  beyond: true,
  events: { ...base.events, lost: dice.between(0.05, 0.9), outage: false, delay: [0, dice.pick([60_000, 3_600_000])] },
});
