import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { addDepartures } from "#domain/delivery/pace/quota.ts";
import { leaseIsFresh, nextWrite, type Reading, type Sender, takeSender } from "#domain/delivery/pace/sender.ts";
import { fromInstant, toInstant } from "#domain/time/instant.ts";
import { endsWithin } from "./deadline.ts";
import type { SendPorts } from "./ports.ts";

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
  readonly takenAt: Reading;
  /** The last sender stopped without releasing the lease: it was killed, ran out of time, or its host failed. */
  readonly ranOut: boolean;
  /** What is known about the account; stored at every renewal. */
  readonly sender: () => Sender;
  readonly note: (change: Partial<Sender>) => void;
  /**
   * How many recipients may depart until the next renewal is needed. Every renewal counts them as departed, so a run
   * that dies has counted too much of the quota, never too little.
   */
  readonly foresee: (recipients: number) => void;
  /** Renews now. */
  readonly keep: () => Promise<void>;
  /** True: renewed recently enough for a call to depart. */
  readonly isFresh: () => boolean;
  /** True: another run has it. Nothing may be claimed any more. */
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

/**
 * Takes the lease for this run. Undefined: another sender is alive and will do the work. If that one has died, this
 * waits until its lease expires.
 */
export async function takeLease(ports: Ports, run: string, settings: DeliverySettings): Promise<Lease | undefined> {
  const first = await ports.ledger.sender();
  if (isFree(ports, first)) return take(ports, run, settings, first);
  await pause(ports, settings.leaseRenewSeconds * 1000 + RENEWAL_TOLERANCE_MS);
  const second = await ports.ledger.sender();
  const renewed = second?.holder !== first?.holder || (second && first && second.until > first.until);
  if (renewed && !isFree(ports, second)) return undefined;
  if (second) await pause(ports, fromInstant(second.until) - ports.clock.now() + 1);
  return ports.mustEnd() ? undefined : take(ports, run, settings, second);
}

const isFree = ({ clock }: Ports, sender: Sender | undefined) => !sender || sender.until < toInstant(clock.now());

async function take(
  ports: Ports,
  run: string,
  settings: DeliverySettings,
  before: Sender | undefined,
): Promise<Lease | undefined> {
  const takenAt = readClock(ports.clock);
  const now = toInstant(takenAt.wall);
  const mine = takeSender(before, run, now, settings.leaseSeconds);
  if (!(await ports.ledger.takeSender(mine, now))) {
    // Refused, or written by our first try, whose answer was lost.
    if (!(await isHolder(ports, run))) return undefined;
  }
  const ranOut = before !== undefined && before.until !== givenBack;
  return keepLease(ports, mine, { takenAt, ranOut }, settings);
}

function keepLease(
  ports: Ports,
  takenSender: Sender,
  { takenAt, ranOut }: Pick<Lease, "takenAt" | "ranOut">,
  settings: DeliverySettings,
): Lease {
  let sender = takenSender;
  let renewal = takenAt;
  let state: "held" | "lost" | "released" = "held";
  let ahead = 0;
  const renewEvery = settings.leaseRenewSeconds * 1000;
  const renew = async () => {
    const began = readClock(ports.clock);
    const until = toInstant(began.wall + settings.leaseSeconds * 1000);
    try {
      sender = nextWrite({ ...sender, until });
      const hist = ahead > 0 ? addDepartures(sender.hist, began.wall, ahead) : sender.hist;
      if (await ports.ledger.keepSender({ ...sender, ...(hist && { hist }) })) {
        // A renewal that hung may be answered after a later one.
        if (began.mono > renewal.mono) renewal = began;
      } else if (state === "held" && !(await isHolder(ports, takenSender.holder))) state = "lost";
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
    takenAt,
    ranOut,
    sender: () => sender,
    note: (change) => {
      sender = { ...sender, ...change };
    },
    foresee: (recipients) => {
      ahead = recipients;
    },
    keep: async () => {
      if (state === "held") await renewSoon();
    },
    isFresh: () => state === "held" && leaseIsFresh(renewal, readClock(ports.clock), settings.leaseSeconds),
    isLost: () => state === "lost",
    release: async () => {
      if (state === "held") state = "released";
      // A renewal that arrives after the release would delay the next sender.
      await endsWithin(ports.clock, RELEASE_MS, Promise.all(underWay));
      if (state === "released") await endsWithin(ports.clock, RELEASE_MS, returnLease(ports, sender));
    },
  };
}

/** A renewal is refused if another run has the lease, or if a later renewal of this run arrived first. */
const isHolder = async (ports: Ports, run: string): Promise<boolean> => (await ports.ledger.sender())?.holder === run;

/** Expiry of a released lease: in the past by any clock. */
export const givenBack = toInstant(0);

async function returnLease(ports: Ports, sender: Sender): Promise<void> {
  try {
    await ports.ledger.keepSender(nextWrite({ ...sender, until: givenBack }));
  } catch (error) {
    ports.log.warn("the sender's lease was not given back; it ends by itself", { error });
  }
}
