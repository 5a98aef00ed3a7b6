import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { verifyToken } from "#domain/audience/tokens/token.ts";
import type { Config } from "#domain/config.ts";
import { isPublished } from "#domain/edition/archive.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { answeredUntil, answerMark, type WorthAnswer } from "#domain/edition/worth.ts";
import { fromInstant, type Instant, LocalDate } from "#domain/time/instant.ts";
import type { WorthStore } from "../ports/editions.ts";

export type WorthPorts = {
  config: Pick<Config, "newsletters">;
  now: () => Instant;
  keys: () => Promise<SigningKeys>;
  archive: { edition: (key: EditionKey) => Promise<Edition | undefined> };
  worth: Pick<WorthStore, "count">;
};

/** The edition of a link, and whether answers for it are still counted. */
type WorthLink = { newsletter: string; date: LocalDate; state: "open" | "closed" };

type Found = WorthLink & { id: string; until: number };

/** Reads only. Undefined: not a valid link, or its edition doesn't ask. */
export async function worthLinkByToken(ports: WorthPorts, token: string, date: string): Promise<WorthLink | undefined> {
  const found = await find(ports, token, date);
  return found && { newsletter: found.newsletter, date, state: found.state };
}

async function find(ports: WorthPorts, token: string, date: string): Promise<Found | undefined> {
  const claim = verifyToken(await ports.keys(), "unsubscribe", token);
  if (claim === undefined || !LocalDate.safeParse(date).success) return undefined;
  const { newsletter, id } = claim;
  if (ports.config.newsletters[newsletter]?.feedback !== true) return undefined;
  const edition = await ports.archive.edition({ newsletter, date });
  if (edition === undefined || edition.frozenAt === null || !isPublished(edition)) return undefined;
  const until = answeredUntil(edition.frozenAt);
  return { newsletter, date, id, until, state: fromInstant(ports.now()) < until ? "open" : "closed" };
}

/** Counts a reader's answer once for each edition. What is stored doesn't reveal who gave which answer. */
export async function answerWorthByToken(
  ports: WorthPorts,
  { token, date, answer }: { token: string; date: string; answer: WorthAnswer },
): Promise<(Omit<WorthLink, "state"> & { state: "counted" | "again" | "closed" }) | undefined> {
  const found = await find(ports, token, date);
  if (found === undefined) return undefined;
  const { newsletter, id, until, state } = found;
  if (state === "closed") return { newsletter, date, state };
  const mark = answerMark(await ports.keys(), { newsletter, date }, id);
  const isNew = await ports.worth.count({ newsletter, date }, mark, answer, Math.ceil(until / 1000));
  return { newsletter, date, state: isNew ? "counted" : "again" };
}
