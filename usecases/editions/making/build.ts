import { type Author, authorOf } from "#domain/desk/author.ts";
import { refuseChange } from "#domain/edition/changeable.ts";
import { editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import type { EditionView } from "#domain/edition/edition.ts";
import { editionName } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import type { MakingPorts } from "../ports.ts";
import { change } from "./change.ts";

/**
 * Drafts an edition from the current candidates. An existing draft is made again and keeps its decisions. If there is
 * too little news, this is a fault and nothing is stored.
 */
export async function build(ports: MakingPorts, request: EditionRequest & Author): Promise<Outcome<EditionView>> {
  const target = resolveEdition(ports, request);
  if (!target.ok) return target;
  const { key, config } = target.value;
  const at = ports.now();
  return change(ports, key, config, {
    fresh: true,
    decide: ({ edition, log }) => {
      const refused = refuseChange(edition, { reopening: true, now: ports.now() });
      if (refused) return refused;
      if (edition && editorialStateOf(log).file) {
        // Taken up again as it was: nothing is thrown away.
        if (edition.state === "cancelled") return done(null);
        return fault(
          "edition-exists",
          `${editionName(key)} was drafted from a file, which building would throw away. Take the file back first: ` +
            `npx --no-install broadsheet edition undo ${key.newsletter} --date ${key.date}`,
        );
      }
      return done({ do: "build", cutoff: at, ...authorOf(request), at });
    },
    judge: ({ missing }) => (missing === null ? null : fault("no-candidates", missing)),
  });
}
