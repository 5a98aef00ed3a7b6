import { wishesOf } from "#domain/edition/decisions/decisions.ts";
import type { EditionView } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { MakingPorts } from "../ports.ts";
import { change } from "./change.ts";
import { type Asked, editionAsked, named, refusal } from "./edition-key.ts";

/**
 * Drafts an edition from the candidates of now; one that is a draft already is made anew, and its decisions stand. Too
 * little news is a fault, and nothing is stored then.
 */
export async function build(ports: MakingPorts, asked: Asked & { by: string }): Promise<Outcome<EditionView>> {
  const meant = editionAsked(ports, asked);
  if (!meant.ok) return meant;
  const { key, config } = meant.value;
  const at = ports.now();
  return change(ports, key, config, {
    fresh: true,
    decide: ({ edition, log }) => {
      const refused = refusal(edition, { reopening: true, now: ports.now() });
      if (refused) return refused;
      if (edition && wishesOf(log).file) {
        return fault(
          "edition-exists",
          `${named(key)} was drafted from a file, which building would throw away. Take the file back first: ` +
            `npx broadsheet edition undo ${key.newsletter} --date ${key.date}`,
        );
      }
      return done({ do: "build", cutoff: at, by: asked.by, at });
    },
    judge: ({ missing }) => (missing === null ? null : fault("no-candidates", missing)),
  });
}
