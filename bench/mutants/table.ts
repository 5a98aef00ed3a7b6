import { adapterMutants } from "./adapters.ts";
import { awsMutants } from "./aws.ts";
import { deliveryMutants } from "./delivery.ts";
import { evidenceMutants } from "./evidence.ts";
import { fetchingMutants } from "./fetching.ts";
import { handlerMutants } from "./handlers.ts";
import { lateEvidenceMutants } from "./late-evidence.ts";
import type { Mutant } from "./mutant.ts";
import { peopleMutants } from "./people.ts";
import { readMutants } from "./table-reads.ts";
import { writeMutants } from "./table-writes.ts";
import { threatMutants } from "./threats.ts";
import { webMutants } from "./web.ts";
import { wiringMutants } from "./wiring.ts";

/** A mistake that no test noticed is added with the test that now does. */
export const mutants: readonly Mutant[] = [
  ...deliveryMutants,
  ...evidenceMutants,
  ...lateEvidenceMutants,
  ...adapterMutants,
  ...readMutants,
  ...writeMutants,
  ...awsMutants,
  ...fetchingMutants,
  ...webMutants,
  ...threatMutants,
  ...peopleMutants,
  ...handlerMutants,
  ...wiringMutants,
];
