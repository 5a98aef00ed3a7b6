import { number } from "./output.ts";

export type Counts = { audience: number; waiting: number; failed: number; unknown: number; held: number };
/** What is known besides: when it will be through, and why nothing moves. */
export type Outlook = { finishAt: string | null; notice: string | null };
/** How far something is, on standard error. */
export type Progress = { show: (counts: Counts, outlook?: Outlook) => void; close: () => void };

const WIDTH = 30;
/** Milliseconds between two lines where there is no terminal. */
const LINES = 5_000;
/** Milliseconds that the rate is an average of. */
const RATE_OVER = 10_000;

/** A bar on a terminal, a line now and then elsewhere, nothing beside JSON. */
export function openProgress(silent: boolean, stream: NodeJS.WriteStream = process.stderr, now = Date.now): Progress {
  if (silent) return { show: () => {}, close: () => {} };
  return stream.isTTY ? bar(stream, now) : lines(stream, now);
}

const settled = ({ audience, waiting, failed }: Counts) => audience - waiting - failed;
const words = (counts: Counts) => `${number(settled(counts))} of ${number(counts.audience)}`;

/** How fast it goes, by what was seen of it in the last seconds; null: nothing was seen yet. */
function meter(now: () => number) {
  let seen: { at: number; n: number }[] = [];
  return (n: number): number | null => {
    const at = now();
    seen = [...seen.filter((one) => at - one.at <= RATE_OVER), { at, n }];
    const [first] = seen;
    if (!first || at - first.at < 1_000 || n <= first.n) return null;
    return ((n - first.n) * 1_000) / (at - first.at);
  };
}

/** ` · 14/s · by 07:14 UTC` */
function speed(rate: number | null, { finishAt }: Outlook): string {
  const fast = rate === null ? "" : ` · ${rate < 10 ? rate.toFixed(1) : number(Math.round(rate))}/s`;
  return finishAt === null ? fast : `${fast} · by ${finishAt.slice(11, 16)} UTC`;
}

const nothing: Outlook = { finishAt: null, notice: null };

function bar(stream: NodeJS.WriteStream, now: () => number): Progress {
  const measure = meter(now);
  let said: string | null = null;
  return {
    show: (counts, outlook = nothing) => {
      const share = counts.audience === 0 ? 0 : settled(counts) / counts.audience;
      const full = Math.floor(share * WIDTH);
      // A sentence is longer than a line may be: it stands above the bar, once.
      if (outlook.notice !== said && outlook.notice !== null) stream.write(`\r\u001b[2K${outlook.notice}\n`);
      said = outlook.notice;
      const how = speed(measure(settled(counts)), outlook);
      stream.write(`\r\u001b[2K${"█".repeat(full)}${"░".repeat(WIDTH - full)}  ${words(counts)}${how}`);
    },
    close: () => void stream.write("\r\u001b[2K"),
  };
}

function lines(stream: NodeJS.WriteStream, now: () => number): Progress {
  const measure = meter(now);
  let said = "";
  let noticed: string | null = null;
  let at = now();
  return {
    show: (counts, outlook = nothing) => {
      if (outlook.notice !== noticed && outlook.notice !== null) stream.write(`${outlook.notice}\n`);
      noticed = outlook.notice;
      const rate = measure(settled(counts));
      const line = `${words(counts)} readers`;
      if (counts.audience === 0 || line === said || now() - at < LINES) return;
      said = line;
      at = now();
      stream.write(`${line}${speed(rate, outlook)}\n`);
    },
    close: () => {},
  };
}
