import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { Message, Task } from "./worker.ts";

/** How much one task may take before its process is ended. */
export type WorkerLimits = {
  /** Milliseconds of the process's own processor time. */
  readonly cpu: number;
  /** Milliseconds altogether: the machine may be busy with other things. */
  readonly wall: number;
  /** Megabytes on top of what an idle process has: heap and buffers together. */
  readonly memory: number;
};

/** Why a task was given up: a clause that completes "it ". */
export class GivenUp extends Error {
  override readonly name = "GivenUp";
}

/** Milliseconds between two looks at what a process has used. */
const WATCH_EVERY = 100;
/** Of the memory limit, megabytes for buffers; the rest is for the heap, and of that some for young objects. */
const BUFFERS = 24;
const SEMI_SPACE = 4;
/** Processor time as Linux counts it is in hundredths of a second. */
const TICK = 10;
/** Characters of what a process that broke said. */
const LAST_WORDS = 2000;

/** In a bundle the worker's file lies beside the function's (infra/bundling/bundling.ts). */
const workerFile = () =>
  new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./feed-worker.mjs", import.meta.url);

export type FeedWorker = {
  /** Runs one task; there is never a second at the same time. @throws GivenUp if it took too much: then it is ended. */
  readonly run: (task: Task) => Promise<unknown>;
  /** False: it has ended, or has grown so much that the next task wouldn't have all of its memory. */
  readonly isFit: () => boolean;
  readonly end: () => void;
};

/**
 * A process that reads feeds. A thread would be lighter and isn't a wall: one that outgrows its heap in the middle of
 * JSON.parse ends the whole process, and one that is stuck in native code can't be ended. It has no environment, so no
 * credentials, and while it is idle it doesn't keep the process that started it alive.
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

/** It says so when it has started. */
async function firstMessage(child: ChildProcess, ended: Promise<never>, ms: number): Promise<Message> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`The process that reads feeds didn't start within ${ms / 1000} seconds.`);
    timer = setTimeout(reject, ms, error);
  });
  return Promise.race([nextMessage(child), ended, late]).finally(() => clearTimeout(timer));
}

/** Rejects when the task has taken too much; never resolves. Its timers keep this process alive during a task. */
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

/** Megabytes that it has in memory now. */
const memoryOf = (child: ChildProcess) =>
  Number(/^VmRSS:\s*(\d+) kB/m.exec(procFile(child, "status"))?.[1] ?? 0) / 1024;

/** Empty on systems without /proc: there only the time on the wall and the heap's own limit end a task. */
function procFile({ pid }: ChildProcess, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return "";
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
