import { freeQuota } from "#domain/delivery/sender.ts";
import { fromInstant, toInstant } from "#domain/instant.ts";
import type { Lease } from "./lease.ts";
import type { SendPorts } from "./ports.ts";

const READ_EVERY_MS = 60_000;
/** SES answers GetAccount once a second. */
const READ_AT_MOST_MS = 1_000;
/** SES's count of the last 24 h may lag behind by so much: until then a former run's own count is better. */
const COUNT_LAG_MS = 120_000;

export type Ticket = {
  /** So many of them left for SES. */
  readonly departed: (n: number) => void;
  /** The delivery is over; what did not leave is free again. */
  readonly done: () => void;
};

export type Allowance = ReturnType<typeof createAllowance>;

/** What SES allows this run: recipients a second, and how many are left of the day's. */
export function createAllowance(ports: Pick<SendPorts, "clock" | "ses" | "log">, lease: Lease) {
  const { clock } = ports;
  const before = lease.sender();
  /** Sent in 24 h by anybody, as far as known when this run began. */
  let atStart: number | undefined;
  let own = 0;
  let reserved = 0;
  let askedAt = Number.NEGATIVE_INFINITY;

  const used = () => Math.max(lease.sender().sent24 ?? 0, (atStart ?? 0) + own);
  const read = async (): Promise<void> => {
    askedAt = clock.mono();
    try {
      const account = await ports.ses.account();
      atStart ??= Math.max(account.sent24, lately(before.readAt, clock.now()) ? (before.sent24 ?? 0) : 0);
      const sent24 = Math.max(account.sent24, atStart + own);
      lease.note({ rate: account.rate, quota: account.quota, sent24, readAt: toInstant(clock.now()) });
    } catch (error) {
      ports.log.warn("SES did not say what it allows; the last known rate is used", { error });
    }
  };
  const readIfOlder = async (milliseconds: number) => {
    if (clock.mono() - askedAt >= milliseconds) await read();
  };
  return {
    read,
    readIfOld: () => readIfOlder(READ_EVERY_MS),
    /** After a throttle. */
    readSoon: () => readIfOlder(READ_AT_MOST_MS),
    /** Nothing is sent at a rate that is only guessed. */
    isKnown: () => lease.sender().rate !== null,
    /** Recipients a second. */
    rate: () => lease.sender().rate ?? 1,
    quota: () => lease.sender().quota,
    free: () => freeQuota({ quota: lease.sender().quota, sent24: used() }, reserved),
    /** Keeps room for n recipients that may depart soon. */
    reserve(n: number): Ticket {
      let kept = n;
      reserved += n;
      const letGo = () => {
        reserved -= kept;
        kept = 0;
      };
      return {
        departed(left) {
          letGo();
          own += left;
          lease.note({ sent24: used() });
        },
        done: letGo,
      };
    },
  };
}

const lately = (readAt: string | null, now: number) => readAt !== null && now - fromInstant(readAt) < COUNT_LAG_MS;
