import { isHeldForPrevious } from "#domain/delivery/previous-edition.ts";
import type { Edition } from "#domain/edition/edition.ts";
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
  const key = { newsletter, date };
  const log = await ports.editions.decisions(key);
  if (log.some((decision) => decision.do === "tell" && decision.what === "held")) return;
  const n = (log.at(-1)?.n ?? 0) + 1;
  // Entries of the log are numbered, so only one of two runs succeeds.
  const note = { do: "tell", what: "held", by: "watch", at: ports.now(), n } as const;
  if (!(await ports.editions.appendDecision(key, n, note))) return;
  await ports.notify({
    newsletter,
    subject: `Held: ${newsletter}, ${date}`,
    text: [
      `The edition of ${newsletter} for ${date} was not sent. ${edition.reason}`,
      `To send it despite that:\n\n  npx --no-install broadsheet edition resume ${newsletter} --date ${date} --anyway`,
      `To have none:\n\n  npx --no-install broadsheet edition cancel ${newsletter} --date ${date}\n`,
    ].join("\n\n"),
  });
}
