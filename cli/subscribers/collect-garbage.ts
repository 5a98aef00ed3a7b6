import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as z from "zod";

const Collect = z.function({ input: [], output: z.void() });

/**
 * Collects garbage after every `every` calls. V8 lets its heap grow while a process makes much garbage: an import that
 * uses 25 MB would grow to 300 MB and more. Such a collection takes about 20 ms.
 */
export function garbageCollector(every: number): () => void {
  setFlagsFromString("--expose-gc");
  const collect = Collect.implement(runInNewContext("gc"));
  let calls = 0;
  return () => {
    calls += 1;
    if (calls % every === 0) collect();
  };
}
