import { number } from "./output.ts";

/** Recipients by state; they add up to `audience`. */
type Counts = {
  audience: number;
  accepted: number;
  refused: number;
  failed: number;
  skipped: number;
  held: number;
  unknown: number;
  waiting: number;
};
/** The forecast: when it will finish, or why there is no progress. */
type Outlook = { finishAt: string | null; notice: string | null };
/** Progress on standard error. */
export type Progress = { show: (counts: Counts, outlook?: Outlook) => void; close: () => void };

type Options = {
  silent: boolean;
  /** The word for what is done; deliveries are "accepted". */
  done?: string;
  stream?: NodeJS.WriteStream;
  now?: () => number;
};

const WIDTH = 30;
/** Milliseconds between two lines without a terminal. */
const LINE_EVERY_MS = 5_000;
/** Milliseconds over which the rate is averaged. */
const RATE_WINDOW_MS = 10_000;

/** Shows a bar on a terminal, a line now and then elsewhere, nothing with JSON. */
export function openProgress({ silent, done, stream = process.stderr, now = Date.now }: Options): Progress {
  if (silent) return { show: () => {}, close: () => {} };
  return stream.isTTY ? showBar(stream, now, done) : showLines(stream, now, done);
}

/** Work on a list, of which so much waits. */
export const workCounts = (audience: number, waiting: number): Counts => ({
  ...{ audience, waiting, accepted: audience - waiting },
  ...{ refused: 0, failed: 0, skipped: 0, held: 0, unknown: 0 },
});

/** Failed recipients are retried, so they count as waiting. */
const waitingIn = ({ waiting, failed }: Counts) => waiting + failed;

/** `30 of 50 accepted, 5 unknown, 15 waiting`: an unknown or held delivery is never counted as sent. */
export function progressText(counts: Counts, done = "accepted"): string {
  const { audience, accepted, refused, skipped, unknown, held } = counts;
  const others = { refused, skipped, unknown, held, waiting: waitingIn(counts) };
  const parts = Object.entries(others).flatMap(([name, n]) => (n === 0 ? [] : [`${number(n)} ${name}`]));
  return [`${number(accepted)} of ${number(audience)} ${done}`, ...parts].join(", ");
}

/** `████▓▒▒░░░`: accepted, refused or skipped, unknown or held, waiting. Each share above zero has at least one cell. */
export function barText(counts: Counts): string {
  const { audience, accepted, refused, skipped, unknown, held } = counts;
  if (audience === 0) return "░".repeat(WIDTH);
  const cells = (n: number) => (n === 0 ? 0 : Math.max(1, Math.floor((n / audience) * WIDTH)));
  const others = "▓".repeat(cells(refused + skipped)) + "▒".repeat(cells(unknown + held));
  const waiting = cells(waitingIn(counts));
  const room = WIDTH - others.length;
  // The bar is full only when nothing waits.
  const full =
    accepted === 0 ? 0 : waiting === 0 ? room : Math.min(room - 1, Math.floor((accepted / audience) * WIDTH));
  return ("█".repeat(full) + others).padEnd(WIDTH, "░");
}

/** The rate over the last seconds; null before there is anything to measure. */
function startMeter(now: () => number) {
  let seen: { at: number; n: number }[] = [];
  return (n: number): number | null => {
    const at = now();
    seen = [...seen.filter((one) => at - one.at <= RATE_WINDOW_MS), { at, n }];
    const [first] = seen;
    if (!first || at - first.at < 1_000 || n <= first.n) return null;
    return ((n - first.n) * 1_000) / (at - first.at);
  };
}

/** ` · 14/s · done by 07:14 UTC` */
function rateText(rate: number | null, { finishAt }: Outlook): string {
  const fast = rate === null ? "" : ` · ${rate < 10 ? rate.toFixed(1) : number(Math.round(rate))}/s`;
  return finishAt === null ? fast : `${fast} · done by ${finishAt.slice(11, 16)} UTC`;
}

const unknownOutlook: Outlook = { finishAt: null, notice: null };
const processed = (counts: Counts) => counts.audience - waitingIn(counts);

function showBar(stream: NodeJS.WriteStream, now: () => number, done?: string): Progress {
  const measure = startMeter(now);
  let shown: string | null = null;
  return {
    show: (counts, outlook = unknownOutlook) => {
      // A sentence doesn't fit beside the bar, so it is printed above it, once.
      if (outlook.notice !== shown && outlook.notice !== null) stream.write(`\r\u001b[2K${outlook.notice}\n`);
      shown = outlook.notice;
      const rate = rateText(measure(processed(counts)), outlook);
      stream.write(`\r\u001b[2K${barText(counts)}  ${progressText(counts, done)}${rate}`);
    },
    close: () => void stream.write("\r\u001b[2K"),
  };
}

function showLines(stream: NodeJS.WriteStream, now: () => number, done?: string): Progress {
  const measure = startMeter(now);
  let printed = "";
  let noticed: string | null = null;
  let at = now();
  return {
    show: (counts, outlook = unknownOutlook) => {
      if (outlook.notice !== noticed && outlook.notice !== null) stream.write(`${outlook.notice}\n`);
      noticed = outlook.notice;
      const rate = measure(processed(counts));
      const line = progressText(counts, done);
      if (counts.audience === 0 || line === printed || now() - at < LINE_EVERY_MS) return;
      printed = line;
      at = now();
      stream.write(`${line}${rateText(rate, outlook)}\n`);
    },
    close: () => {},
  };
}
