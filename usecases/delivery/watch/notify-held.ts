import { isHeldForPrevious } from "#domain/delivery/previous-edition.ts";
import { type Edition, type EditionKey, editionName } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Notify } from "../../ports/services.ts";

export type NotifyHeldPorts = {
  editions: Pick<EditionStore, "decisions" | "appendDecision">;
  notify: Notify;
  now: () => Instant;
};

/** Mails the editors, once, that their edition is held because of bounces or complaints about the previous one. */
export async function notifyHeldForPrevious(ports: NotifyHeldPorts, edition: Edition): Promise<void> {
  if (!isHeldForPrevious(edition)) return;
  const { newsletter, date } = edition;
  if (!(await isFirstNotice(ports, { newsletter, date }, "held"))) return;
  await ports.notify({
    newsletter,
    subject: `Held: ${newsletter}, ${date}`,
    text: [
      `${editionName(edition)} was not sent. ${edition.reason}`,
      `To send it anyway:\n\n  npx --no-install broadsheet edition resume ${newsletter} --date ${date} --anyway`,
      `To send no edition:\n\n  npx --no-install broadsheet edition cancel ${newsletter} --date ${date}\n`,
    ].join("\n\n"),
  });
}

/** Notes in the edition's log that its editors are notified. Its entries are numbered, so only one of two runs succeeds. */
export async function isFirstNotice(
  { editions, now }: Pick<NotifyHeldPorts, "editions" | "now">,
  key: EditionKey,
  what: "held" | "missing",
): Promise<boolean> {
  const log = await editions.decisions(key);
  if (log.some((decision) => decision.do === "tell" && decision.what === what)) return false;
  const n = (log.at(-1)?.n ?? 0) + 1;
  return editions.appendDecision(key, n, { do: "tell", what, by: "watch", at: now(), n });
}
