import { cleanField } from "#domain/article/text.ts";
import { type Author, authorOf } from "#domain/desk/author.ts";
import { refuseChange } from "#domain/edition/changeable.ts";
import { parseDigest } from "#domain/edition/content/digest-file.ts";
import type { EditionView } from "#domain/edition/edition.ts";
import { editionName } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import type { Ports } from "../ports.ts";
import { change } from "./change.ts";

type Draft = EditionRequest & { text: string; subject?: string | undefined; replace: boolean } & Author;

/** Makes an edition from a plain-text digest. An existing edition is only replaced on request. */
export async function draft(ports: Ports, request: Draft): Promise<Outcome<EditionView>> {
  const target = resolveEdition(ports, request);
  if (!target.ok) return target;
  const file = parseDigest(request.text);
  if (!file.ok) return file;
  const subject = request.subject === undefined ? null : cleanField(request.subject);
  if (subject === "") return fault("bad-request", "The subject is empty. Leave it out to use the first headline.");
  const { key, config } = target.value;
  return change(ports, key, config, {
    fresh: false,
    decide: ({ edition }) => {
      const refused = refuseChange(edition, { reopening: true, now: ports.now() });
      if (refused) return refused;
      if (edition !== undefined && edition.state === "draft" && !request.replace) {
        return fault(
          "edition-exists",
          `${editionName(key)} exists already. Add --replace to put this file in its place.`,
        );
      }
      return done({ do: "draft", ...file.value, subject, ...authorOf(request), at: ports.now() });
    },
    judge: () => null,
  });
}
