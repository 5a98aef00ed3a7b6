import { once } from "#usecases/once.ts";
import type { Command } from "./answer.ts";

/**
 * Commands whose table is loaded at the first use of one of them, so a function starts without the code and schemas of
 * the others.
 */
export function atFirstCommand<N extends string>(
  names: readonly N[],
  load: () => Promise<Record<N, Command>>,
): Record<N, Command> {
  const table = once(load);
  const commandOf =
    (name: N): Command =>
    async (request) =>
      (await table())[name](request);
  const isWhole = (made: Record<string, Command>): made is Record<N, Command> =>
    names.every((name) => Object.hasOwn(made, name));
  const made = Object.fromEntries(names.map((name) => [name, commandOf(name)]));
  if (!isWhole(made)) throw new Error("A command of the table has no name.");
  return made;
}
