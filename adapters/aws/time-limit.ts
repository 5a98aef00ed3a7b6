/** How long one attempt of a call to AWS may take, and the call with all its attempts. Milliseconds. */
export type TimeLimits = { readonly attempt: number; readonly call: number };

/** Time to connect, so an address without a listener doesn't use up an attempt's whole time. */
const CONNECT_MS = 3_000;

/**
 * Client settings that limit the time of each attempt. `requestTimeout` alone only writes a warning
 * (@smithy/node-http-handler 4.14: set-request-timeout.js); `throwOnRequestTimeout` ends the request.
 */
export const attemptLimit = ({ attempt }: Pick<TimeLimits, "attempt">) => ({
  requestHandler: {
    connectionTimeout: Math.min(CONNECT_MS, attempt),
    requestTimeout: attempt,
    throwOnRequestTimeout: true,
  },
});

type Client = {
  send: (...args: never[]) => unknown;
  middlewareStack: { remove: (name: string) => boolean };
};
type SendOptions = { readonly abortSignal?: AbortSignal };

/**
 * A client whose calls all end within `milliseconds`, whatever they wait for: a connection, an answer's head or body,
 * or a pause before a retry. The request is aborted and not retried; a write may have taken effect, or may still.
 *
 * The calls also make no entry for the SDK's log. It is a copy of all that a call sends and receives, made even if no
 * logger takes it (@aws-sdk/core: loggerMiddleware.js): a tenth to a third of a call's processor time.
 * @throws CallTimedOut from `send`
 */
export function withTimeLimit<C extends Client>(client: C, milliseconds: number): C {
  client.middlewareStack.remove("loggerMiddleware");
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

/** AWS didn't answer in time. It isn't known whether the call took effect. */
class CallTimedOut extends Error {
  override readonly name = "CallTimedOut";
  constructor(command: string, milliseconds: number) {
    super(`no answer to ${command} within ${milliseconds / 1000} s`);
  }
}
