import type { EditionView } from "#domain/edition/edition.ts";
import type { Outcome } from "#domain/outcome.ts";
import { build } from "./build.ts";
import type { AssembleRequest } from "./contract.ts";
import { correct } from "./correct.ts";
import { decide } from "./decide.ts";
import { draft } from "./draft.ts";
import type { Ports } from "./ports.ts";
import { scheduled } from "./scheduled.ts";

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
