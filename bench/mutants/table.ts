import { adapterMutants } from "./aws/adapters.ts";
import { awsMutants } from "./aws/aws.ts";
import { handlerMutants } from "./aws/handlers.ts";
import { readMutants } from "./aws/table-reads.ts";
import { writeMutants } from "./aws/table-writes.ts";
import { wiringMutants } from "./aws/wiring.ts";
import { deliveryMutants } from "./delivery/delivery.ts";
import { evidenceMutants } from "./delivery/evidence.ts";
import { lateEvidenceMutants } from "./delivery/late-evidence.ts";
import { senderMutants } from "./delivery/senders.ts";
import { fetchingMutants } from "./fetching.ts";
import { editorMutants } from "./guards/editors.ts";
import { publisherMutants } from "./guards/publishers.ts";
import { readerMutants } from "./guards/readers.ts";
import { slipMutants } from "./guards/slips.ts";
import { storyMutants } from "./guards/stories.ts";
import { strangerMutants } from "./guards/strangers.ts";
import { threatMutants } from "./guards/threats.ts";
import type { Mutant } from "./mutant.ts";
import { peopleMutants } from "./people.ts";
import { webMutants } from "./web.ts";

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
  ...storyMutants,
  ...strangerMutants,
  ...readerMutants,
  ...editorMutants,
  ...slipMutants,
];
