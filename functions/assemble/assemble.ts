import type { EditionView } from "#domain/edition/edition.ts";
import type { Outcome } from "#domain/outcome.ts";
import { decide } from "#usecases/editions/decide/decide.ts";
import { build } from "#usecases/editions/making/build.ts";
import { correct } from "#usecases/editions/making/correct.ts";
import { draft } from "#usecases/editions/making/draft.ts";
import type { Ports } from "#usecases/editions/ports.ts";
import { scheduled } from "#usecases/editions/schedule/run-schedule.ts";
import type { AssembleRequest } from "./contract.ts";

/** The five things asked of assemble, by name. */
export function assemble(ports: Ports, request: AssembleRequest): Promise<Outcome<EditionView>> {
  switch (request.do) {
    case "build":
      return build(ports, request);
    case "draft":
      return draft(ports, request);
    case "decide":
      return decide(ports, request);
    case "correct":
      return correct(ports, request);
    case "scheduled":
      return scheduled(ports, request);
  }
}
