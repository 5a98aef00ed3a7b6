import { adapterMutants } from "./adapters.ts";
import { deliveryMutants } from "./delivery.ts";
import { handlerMutants } from "./handlers.ts";
import type { Mutant } from "./mutant.ts";

/** A mistake that no test noticed is added with the test that now does. */
export const mutants: readonly Mutant[] = [...deliveryMutants, ...adapterMutants, ...handlerMutants];
