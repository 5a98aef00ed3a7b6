import { number } from "./output.ts";

export type Counts = { audience: number; waiting: number; failed: number; unknown: number; held: number };
/** How far something is, on standard error. */
export type Progress = { show: (counts: Counts) => void; close: () => void };

const WIDTH = 30;
/** Milliseconds between two lines where there is no terminal. */
const LINES = 5_000;

/** A bar on a terminal, a line now and then elsewhere, nothing beside JSON. */
export function openProgress(silent: boolean, stream: NodeJS.WriteStream = process.stderr, now = Date.now): Progress {
  if (silent) return { show: () => {}, close: () => {} };
  return stream.isTTY ? bar(stream) : lines(stream, now);
}

const settled = ({ audience, waiting, failed }: Counts) => audience - waiting - failed;
const words = (counts: Counts) => `${number(settled(counts))} of ${number(counts.audience)}`;

function bar(stream: NodeJS.WriteStream): Progress {
  return {
    show: (counts) => {
      const share = counts.audience === 0 ? 0 : settled(counts) / counts.audience;
      const full = Math.floor(share * WIDTH);
      stream.write(`\r\u001b[2K${"█".repeat(full)}${"░".repeat(WIDTH - full)}  ${words(counts)}`);
    },
    close: () => void stream.write("\r\u001b[2K"),
  };
}

function lines(stream: NodeJS.WriteStream, now: () => number): Progress {
  let said = "";
  let at = now();
  return {
    show: (counts) => {
      const line = `${words(counts)} readers`;
      if (counts.audience === 0 || line === said || now() - at < LINES) return;
      said = line;
      at = now();
      stream.write(`${line}\n`);
    },
    close: () => {},
  };
}
