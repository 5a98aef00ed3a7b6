import { adapterMutants } from "./adapters.ts";
import { awsMutants } from "./aws.ts";
import { deliveryMutants } from "./delivery.ts";
import { evidenceMutants } from "./evidence.ts";
import { fetchingMutants } from "./fetching.ts";
import { editorMutants } from "./guards/editors.ts";
import { publisherMutants } from "./guards/publishers.ts";
import { readerMutants } from "./guards/readers.ts";
import { slipMutants } from "./guards/slips.ts";
import { strangerMutants } from "./guards/strangers.ts";
import { handlerMutants } from "./handlers.ts";
import { lateEvidenceMutants } from "./late-evidence.ts";
import type { Mutant } from "./mutant.ts";
import { peopleMutants } from "./people.ts";
import { senderMutants } from "./senders.ts";
import { readMutants } from "./table-reads.ts";
import { writeMutants } from "./table-writes.ts";
import { threatMutants } from "./threats.ts";
import { webMutants } from "./web.ts";
import { wiringMutants } from "./wiring.ts";

/** Mistakes that no test noticed, with the test that now does, and the guards of SECURITY.md. */
export const mutants: readonly Mutant[] = [
  ...deliveryMutants,
  ...evidenceMutants,
  ...lateEvidenceMutants,
  ...senderMutants,
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
  ...publisherMutants,
  ...strangerMutants,
  ...readerMutants,
  ...editorMutants,
  ...slipMutants,
];
