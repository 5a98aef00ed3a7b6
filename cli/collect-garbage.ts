import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as z from "zod";

const Collect = z.function({ input: [], output: z.void() });

/**
 * Collects garbage after every `every` calls. V8 lets its heap grow while a process makes much garbage and keeps little:
 * an import that holds 25 MB would take 300 MB of the machine, more the longer it runs. A collection of that little
 * takes some 20 ms.
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
