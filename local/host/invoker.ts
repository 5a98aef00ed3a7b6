import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import { account, region } from "../aws.ts";
import type { HandlerModule, LocalFunction } from "./functions.ts";

/** The result of an invocation, in the terms of Lambda's Invoke API. */
type InvokeResult = {
  requestId: string;
  /** JSON text. */
  payload: string;
  /** Set when the function threw, timed out or could not be loaded. */
  functionError: "Unhandled" | null;
};

export type Invoker = {
  has(name: string): boolean;
  invoke(name: string, payload: unknown): Promise<InvokeResult>;
  /** Asynchronous invocation: at most two more attempts, after one and two minutes, as Lambda does. */
  invokeLater(name: string, payload: unknown): string;
  /** Waits at most `ms` for running invocations, then refuses new ones. @returns how many were still running. */
  drain(ms: number): Promise<number>;
};

type InvokerOptions = {
  functions: Readonly<Record<string, LocalFunction>>;
  log(line: string): void;
  /** Milliseconds before the second and third attempt of an asynchronous invocation. */
  retryDelays?: readonly number[];
};

export function functionArn(name: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

/** Runs handlers in this process like Lambda: JSON in, JSON out, a deadline, and errors as results. */
export function createInvoker(options: InvokerOptions): Invoker {
  const running = new Set<Promise<unknown>>();
  const timers = new Set<NodeJS.Timeout>();
  /** While draining: the deadline for everything. */
  let end: number | null = null;
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    void work.finally(() => running.delete(work)).catch(() => undefined);
    return work;
  };

  const invoke: Invoker["invoke"] = (name, payload) => {
    const found = options.functions[name];
    if (found === undefined) return Promise.reject(new Error(`Function not found: ${functionArn(name)}`));
    // While draining, running invocations may still call others; nothing else is started.
    if (end !== null && running.size === 0) return Promise.reject(new Error("The local host is stopping."));
    return track(run(name, found, JSON.stringify(payload ?? null), () => end, options.log));
  };

  const later = async (name: string, payload: unknown, delays: readonly number[]): Promise<void> => {
    const result = await invoke(name, payload);
    const [delay, ...rest] = delays;
    if (result.functionError === null || delay === undefined) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void later(name, payload, rest).catch((error) => options.log(`${name}: ${error}`));
    }, delay);
    timers.add(timer);
  };

  return {
    has: (name) => options.functions[name] !== undefined,
    invoke,
    invokeLater: (name, payload) => {
      void later(name, payload, options.retryDelays ?? [60_000, 120_000]).catch((error) =>
        options.log(`${name}: ${error}`),
      );
      return randomUUID();
    },
    drain: async (ms) => {
      end = Date.now() + ms;
      for (const timer of timers) clearTimeout(timer);
      const over = new AbortController();
      const late = wait(ms, over.signal);
      while (running.size > 0 && Date.now() < end) await Promise.race([Promise.allSettled([...running]), late]);
      over.abort();
      return running.size;
    },
  };
}

async function run(
  name: string,
  found: LocalFunction,
  event: string,
  end: () => number | null,
  log: (line: string) => void,
): Promise<InvokeResult> {
  const requestId = randomUUID();
  const timeout = new AbortController();
  try {
    const module: HandlerModule = await found.load();
    const deadline = Date.now() + found.timeout * 1000;
    const context = contextOf(name, requestId, () => Math.min(deadline, end() ?? deadline));
    const answer = await Promise.race([
      module.handler(JSON.parse(event), context),
      timeOut(found.timeout, requestId, timeout.signal),
    ]);
    return { requestId, payload: JSON.stringify(answer) ?? "null", functionError: null };
  } catch (error) {
    log(`${name} ${requestId} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return { requestId, payload: JSON.stringify(errorBody(error)), functionError: "Unhandled" };
  } finally {
    timeout.abort();
  }
}

function errorBody(error: unknown) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

/** Lambda ends the process at the timeout; here, one process runs all, so it only stops waiting. */
async function timeOut(seconds: number, requestId: string, over: AbortSignal): Promise<never> {
  await wait(seconds * 1000, over);
  const error = new Error(`${requestId} Task timed out after ${seconds.toFixed(2)} seconds`);
  error.name = "Sandbox.Timedout";
  throw error;
}

function wait(ms: number, over?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    over?.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
}

function contextOf(name: string, requestId: string, deadline: () => number): Context {
  const ended = () => {
    throw new Error("Handlers here are async: return or throw instead of calling the context back.");
  };
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: "$LATEST",
    invokedFunctionArn: functionArn(name),
    memoryLimitInMB: "512",
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `local/[$LATEST]${process.pid}`,
    getRemainingTimeInMillis: () => Math.max(0, deadline() - Date.now()),
    done: ended,
    fail: ended,
    succeed: ended,
  };
}
