import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { Message, Task } from "./worker.ts";

/** Limits of one task; beyond them its process is ended. */
export type WorkerLimits = {
  /** Processor time of the process, in milliseconds. */
  readonly cpu: number;
  /** Total time in milliseconds, because the machine may be busy. */
  readonly wall: number;
  /** Megabytes beyond those of an idle process: heap and buffers together. */
  readonly memory: number;
};

/** Why a task was ended: a clause that completes "it ". */
export class GivenUp extends Error {
  override readonly name = "GivenUp";
}

/** Milliseconds between two checks of a process. */
const WATCH_EVERY = 100;
/** Megabytes of the limit for buffers; the rest is for the heap, part of it for young objects. */
const BUFFERS = 24;
const SEMI_SPACE = 4;
/** Linux counts processor time in hundredths of a second. */
const TICK = 10;
/** Characters kept of a failed process's output. */
const LAST_WORDS = 2000;

/** In a bundle, the worker's file is next to the function's (infra/bundling/bundling.ts). */
const workerFile = () =>
  new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./feed-worker.mjs", import.meta.url);

export type FeedWorker = {
  /** Runs one task at a time. @throws GivenUp if it exceeded a limit; the process is then ended. */
  readonly run: (task: Task) => Promise<unknown>;
  /** False: it has ended, or has grown so much that the next task would lack memory. */
  readonly isFit: () => boolean;
  readonly end: () => void;
};

/**
 * A process that reads feeds. A thread would be lighter but not isolated: if it exceeds its heap during JSON.parse, the
 * whole process ends, and if it is stuck in native code, it can't be stopped. The process has no environment, so no
 * credentials, and doesn't keep its parent alive while idle.
 */
export function startWorker(limits: WorkerLimits): FeedWorker {
  const { child, ended } = startProcess(limits);
  const ready = firstMessage(child, ended, limits.wall);
  ready.catch(() => child.kill("SIGKILL"));
  let idleMemory: number | undefined;
  let fit = true;
  const run = async (task: Task): Promise<unknown> => {
    await ready;
    idleMemory ??= memoryOf(child);
    const stop = new AbortController();
    try {
      const answer = nextMessage(child);
      child.send(task);
      const message = await Promise.race([answer, ended, watch(child, idleMemory, limits, stop.signal)]);
      fit = memoryOf(child) - idleMemory < limits.memory / 2;
      if ("thrown" in message) throw new Error(message.thrown);
      return "value" in message ? message.value : undefined;
    } catch (error) {
      if (error instanceof GivenUp) end();
      throw error;
    } finally {
      stop.abort();
    }
  };
  const end = () => {
    fit = false;
    child.kill("SIGKILL");
  };
  return { run, end, isFit: () => fit && child.exitCode === null && child.signalCode === null };
}

function startProcess({ memory }: WorkerLimits): { child: ChildProcess; ended: Promise<never> } {
  const heap = memory - BUFFERS - 3 * SEMI_SPACE;
  const child = fork(workerFile(), {
    env: {},
    execArgv: [`--max-old-space-size=${heap}`, `--max-semi-space-size=${SEMI_SPACE}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.on("data", (data) => {
    said = `${said}${data}`.slice(-LAST_WORDS);
  });
  const ended = new Promise<never>((_, reject) => {
    child.on("error", reject);
    child.once("close", (code, signal) => {
      if (signal === "SIGABRT" || /heap out of memory|allocation failed/i.test(said)) reject(tooLarge(memory));
      else reject(new Error(`The process that reads feeds ended (${signal ?? code}). ${said}`));
    });
  });
  ended.catch(() => undefined);
  child.unref();
  child.channel?.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  return { child, ended };
}

const nextMessage = (child: ChildProcess) =>
  new Promise<Message>((resolve) => child.once("message", (message: Message) => resolve(message)));

const tooLarge = (memory: number) => new GivenUp(`needs more than ${memory} MB to read`);
const tooSlow = (ms: number) => new GivenUp(`takes more than ${ms / 1000} seconds to read`);

/** It sends a message when it has started. */
async function firstMessage(child: ChildProcess, ended: Promise<never>, ms: number): Promise<Message> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`The process that reads feeds didn't start within ${ms / 1000} seconds.`);
    timer = setTimeout(reject, ms, error);
  });
  return Promise.race([nextMessage(child), ended, late]).finally(() => clearTimeout(timer));
}

/** Rejects when the task exceeds a limit; never resolves. Its timers keep this process alive during a task. */
async function watch(
  child: ChildProcess,
  idleMemory: number,
  limits: WorkerLimits,
  signal: AbortSignal,
): Promise<never> {
  const started = performance.now();
  const before = cpuOf(child);
  while (!signal.aborted) {
    await pause(WATCH_EVERY);
    if (memoryOf(child) - idleMemory > limits.memory) throw tooLarge(limits.memory);
    if (cpuOf(child) - before > limits.cpu) throw tooSlow(limits.cpu);
    if (performance.now() - started > limits.wall) throw tooSlow(limits.wall);
  }
  return new Promise(() => undefined);
}

/** Milliseconds of processor time: user and system time, fields 14 and 15 of proc(5)'s stat. */
function cpuOf(child: ChildProcess): number {
  const stat = procFile(child, "stat");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK;
}

/** Its current memory, in megabytes. */
const memoryOf = (child: ChildProcess) =>
  Number(/^VmRSS:\s*(\d+) kB/m.exec(procFile(child, "status"))?.[1] ?? 0) / 1024;

/** Empty on systems without /proc: there only the total time and the heap's own limit end a task. */
function procFile({ pid }: ChildProcess, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return "";
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
