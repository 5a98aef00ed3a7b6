/** How long one attempt of a call to AWS may take, and the call with all its attempts. Milliseconds. */
export type TimeLimits = { readonly attempt: number; readonly call: number };

/** Time to connect: a name that resolves to nothing that listens must not use up an attempt's whole time. */
const CONNECT_MS = 3_000;

/**
 * Settings of a client by which each of its attempts ends. `requestTimeout` alone only writes a warning
 * (@smithy/node-http-handler 4.14: set-request-timeout.js); `throwOnRequestTimeout` ends the request.
 */
export const attemptLimit = ({ attempt }: Pick<TimeLimits, "attempt">) => ({
  requestHandler: {
    connectionTimeout: Math.min(CONNECT_MS, attempt),
    requestTimeout: attempt,
    throwOnRequestTimeout: true,
  },
});

type Client = { send: (...args: never[]) => unknown };
type SendOptions = { readonly abortSignal?: AbortSignal };

/**
 * The client, of which every call ends within `milliseconds`, whatever it waits for: a connection, an answer's head or
 * its body, or a pause before another attempt. The request is aborted, so no further attempt is made; a write may have
 * taken effect all the same, or may still do.
 * @throws CallTimedOut from `send`
 */
export function withTimeLimit<C extends Client>(client: C, milliseconds: number): C {
  const { send } = client;
  const limited = (command: object, options: SendOptions = {}): Promise<unknown> => {
    const abort = new AbortController();
    const abortSignal = options.abortSignal ? AbortSignal.any([options.abortSignal, abort.signal]) : abort.signal;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new CallTimedOut(command.constructor.name, milliseconds));
        abort.abort();
      }, milliseconds);
      Promise.resolve(Reflect.apply(send, client, [command, { ...options, abortSignal }]))
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  };
  return Object.assign(client, { send: limited });
}

/** AWS did not answer in time. Whether the call took effect is not known. */
class CallTimedOut extends Error {
  override readonly name = "CallTimedOut";
  constructor(command: string, milliseconds: number) {
    super(`no answer to ${command} within ${milliseconds / 1000} s`);
  }
}
