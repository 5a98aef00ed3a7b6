import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { addDepartures } from "#domain/delivery/pace/quota.ts";
import type { Reading } from "#domain/delivery/pace/reading.ts";
import { accountOf, leaseIsFresh, nextWrite, type Sender, takeSender } from "#domain/delivery/pace/sender.ts";
import { isShareUsable, type Shares } from "#domain/delivery/pace/shares.ts";
import { fromInstant, toInstant } from "#domain/time/instant.ts";
import { endsWithin } from "../deadline.ts";
import type { SendPorts } from "../ports.ts";

type Ports = Pick<SendPorts, "clock" | "ledger" | "log" | "mustEnd">;

/** A second sender checks whether the first is alive a little after its next renewal. */
const RENEWAL_TOLERANCE_MS = 1_000;
/** A renewal that failed or hangs is followed by another soon, because the lease is fresh for only 8 s. */
const RENEW_AGAIN_MS = 250;
/** A lease that can't be released expires. */
const RELEASE_MS = 5_000;
/** Waits are split into steps, to notice a request to stop. */
const STEP_MS = 500;

export type Lease = {
  readonly run: string;
  /** 0: the first sender. */
  readonly index: number;
  readonly takenAt: Reading;
  /** The last sender stopped without releasing the lease: it was killed, ran out of time, or its host failed. */
  readonly ranOut: boolean;
  /** This sender's own item; stored at every renewal. */
  readonly sender: () => Sender;
  /** What is known about the account, with the departures of all senders. */
  readonly account: () => Sender;
  /** The other senders' items, as last read. */
  readonly others: () => readonly Sender[];
  /** How the first sender divides the rate, as far as this one knows. */
  readonly shares: () => Shares | undefined;
  readonly note: (change: Partial<Sender>) => void;
  /** Calls this before each renewal, which then stores what it notes. By the wall clock. */
  readonly beforeRenewal: (prepare: (now: number) => void) => void;
  /**
   * How many recipients may depart until the next renewal is needed. Every renewal counts them as departed, so a run
   * that dies has counted too much of the quota, never too little.
   */
  readonly foresee: (recipients: number) => void;
  /** Renews now. */
  readonly keep: () => Promise<void>;
  /** True: renewed recently enough for a call to depart, and with a share of the rate. */
  readonly isFresh: () => boolean;
  /** True: another run has it, or the share of the rate is over. Nothing may be claimed any more. */
  readonly isLost: () => boolean;
  /** Releases it and stops the renewals. */
  readonly release: () => Promise<void>;
};

export const readClock = ({ now, mono }: SendPorts["clock"]): Reading => ({ wall: now(), mono: mono() });

/** Waits, but stops when the process has to end. */
export async function pause(ports: Pick<SendPorts, "clock" | "mustEnd">, milliseconds: number): Promise<void> {
  const until = ports.clock.mono() + milliseconds;
  for (let left = milliseconds; left > 0 && !ports.mustEnd(); left = until - ports.clock.mono()) {
    await ports.clock.sleep(Math.min(left, STEP_MS));
  }
}

/** The senders' items, and when reading them began. */
type Items = { readonly at: Reading; readonly all: readonly Sender[]; readonly own: Sender | undefined };

async function readItems({ ledger, clock }: Ports, index: number): Promise<Items> {
  const at = readClock(clock);
  const all = await ledger.senders();
  return { at, all, own: all.find((one) => indexOf(one) === index) };
}

const indexOf = ({ index = 0 }: Sender): number => index;

/**
 * Takes the lease for this run. Undefined: another sender is alive and will do the work, or the first sender has no
 * share for this one. If the other one has died, this waits until its lease expires.
 */
export async function takeLease(
  ports: Ports,
  run: string,
  settings: DeliverySettings,
  index = 0,
): Promise<Lease | undefined> {
  const first = await readItems(ports, index);
  if (index > 0 && !hasShare(first, index, settings)) return undefined;
  if (isFree(ports, first.own)) return take(ports, run, settings, { index, items: first });
  await pause(ports, settings.leaseRenewSeconds * 1000 + RENEWAL_TOLERANCE_MS);
  const items = await readItems(ports, index);
  const [before, second] = [first.own, items.own];
  const renewed = second?.holder !== before?.holder || (second && before && second.until > before.until);
  if (renewed && !isFree(ports, second)) return undefined;
  if (second) await pause(ports, fromInstant(second.until) - ports.clock.now() + 1);
  return ports.mustEnd() ? undefined : take(ports, run, settings, { index, items });
}

function hasShare({ all, at }: Items, index: number, { leaseSeconds }: DeliverySettings): boolean {
  const shares = accountOf(all)?.shares;
  return shares !== undefined && index < shares.senders && isShareUsable(shares, at, at, leaseSeconds);
}

const isFree = ({ clock }: Ports, sender: Sender | undefined) => !sender || sender.until < toInstant(clock.now());

type Taken = { readonly index: number; readonly items: Items };

async function take(
  ports: Ports,
  run: string,
  settings: DeliverySettings,
  { index, items }: Taken,
): Promise<Lease | undefined> {
  const takenAt = readClock(ports.clock);
  const now = toInstant(takenAt.wall);
  const mine = takeSender(items.own, run, now, settings.leaseSeconds, index);
  if (!(await ports.ledger.takeSender(mine, now))) {
    // Refused, or written by our first try, whose answer was lost.
    if (!(await isHolder(ports, mine))) return undefined;
  }
  const ranOut = items.own !== undefined && items.own.until !== givenBack;
  return keepLease(ports, mine, { takenAt, ranOut, items }, settings);
}

function keepLease(
  ports: Ports,
  takenSender: Sender,
  { takenAt, ranOut, items }: Pick<Lease, "takenAt" | "ranOut"> & { items: Items },
  settings: DeliverySettings,
): Lease {
  const index = indexOf(takenSender);
  const seen = watchOthers(ports, index, items, settings);
  let prepare: (now: number) => void = () => undefined;
  let sender = takenSender;
  let renewal = takenAt;
  let state: "held" | "lost" | "released" = "held";
  let ahead = 0;
  const renewEvery = settings.leaseRenewSeconds * 1000;
  const renew = async () => {
    const began = readClock(ports.clock);
    const until = toInstant(began.wall + settings.leaseSeconds * 1000);
    try {
      // The departures of those that have a share are read before it is renewed.
      if (index === 0 && sender.shares) await seen.read();
      prepare(began.wall);
      sender = nextWrite({ ...sender, until });
      const hist = ahead > 0 ? addDepartures(sender.hist, began.wall, ahead) : sender.hist;
      if (await ports.ledger.keepSender({ ...sender, ...(hist && { hist }) })) {
        // A renewal that hung may be answered after a later one.
        if (began.mono > renewal.mono) renewal = began;
      } else if (state === "held" && !(await isHolder(ports, takenSender))) state = "lost";
      if (index > 0) await seen.read();
    } catch (error) {
      ports.log.warn("the sender's lease was not renewed", { error });
    }
  };
  /** Renewals that haven't ended; one that hangs doesn't block later ones. */
  const underWay = new Set<Promise<void>>();
  const renewSoon = async () => {
    const renewing = renew().finally(() => underWay.delete(renewing));
    underWay.add(renewing);
    await endsWithin(ports.clock, renewEvery, renewing);
  };
  void (async () => {
    let wait = renewEvery;
    while (state === "held") {
      await ports.clock.sleep(wait);
      const before = renewal;
      if (state === "held") await renewSoon();
      wait = renewal === before ? RENEW_AGAIN_MS : renewEvery;
    }
  })();
  return {
    run: takenSender.holder,
    ...{ index, takenAt, ranOut },
    sender: () => sender,
    account: () => accountOf([sender, ...seen.others()]) ?? sender,
    others: seen.others,
    shares: () => (index === 0 ? sender.shares : seen.shares()),
    note: (change) => {
      sender = { ...sender, ...change };
    },
    beforeRenewal: (next) => {
      prepare = next;
    },
    foresee: (recipients) => {
      ahead = recipients;
    },
    keep: async () => {
      if (state === "held") await renewSoon();
    },
    isFresh: () =>
      state === "held" &&
      leaseIsFresh(renewal, readClock(ports.clock), settings.leaseSeconds) &&
      (index === 0 || seen.isShareUsable()),
    isLost: () => state === "lost" || (index > 0 && seen.isShareOver()),
    release: async () => {
      if (state === "held") state = "released";
      // A renewal that arrives after the release would delay the next sender.
      await endsWithin(ports.clock, RELEASE_MS, Promise.all(underWay));
      if (state === "released") await endsWithin(ports.clock, RELEASE_MS, returnLease(ports, sender));
    },
  };
}

/** What this sender knows of the others, and of its share if it isn't the first. */
function watchOthers(ports: Ports, index: number, items: Items, { leaseSeconds }: DeliverySettings) {
  let last = items;
  const shares = () => accountOf(last.all)?.shares;
  const division = shares()?.since;
  return {
    others: () => last.all.filter((one) => indexOf(one) !== index),
    shares,
    async read() {
      const next = await readItems(ports, index);
      if (next.at.mono > last.at.mono) last = next;
    },
    isShareUsable: () => {
      const now = shares();
      return (
        now?.since === division &&
        now !== undefined &&
        isShareUsable(now, last.at, readClock(ports.clock), leaseSeconds)
      );
    },
    /** True: the rate is divided in another way now, or not any more. */
    isShareOver: () => {
      const now = shares();
      return now === undefined || now.since !== division || fromInstant(now.until) < ports.clock.now();
    },
  };
}

/** A renewal is refused if another run has the lease, or if a later renewal of this run arrived first. */
const isHolder = async (ports: Ports, mine: Sender): Promise<boolean> =>
  (await readItems(ports, indexOf(mine))).own?.holder === mine.holder;

/** Expiry of a released lease: in the past by any clock. */
export const givenBack = toInstant(0);

async function returnLease(ports: Ports, sender: Sender): Promise<void> {
  try {
    await ports.ledger.keepSender(nextWrite({ ...sender, until: givenBack }));
  } catch (error) {
    ports.log.warn("the sender's lease was not given back; it ends by itself", { error });
  }
}
