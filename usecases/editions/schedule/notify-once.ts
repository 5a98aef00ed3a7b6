import { type Decision, decisionsInForce, type NewDecision } from "#domain/edition/decisions/decisions.ts";
import { SCHEDULE } from "#domain/edition/decisions/machine.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { Notice } from "../../ports/services.ts";
import type { Ports } from "../ports.ts";

type NoticeKind = Extract<Decision, { do: "tell" }>["what"];

/** Mails the editors, unless an earlier run did: entries of the log are numbered, so only one of two runs succeeds. */
export async function notifyOnce(ports: Ports, key: EditionKey, what: NoticeKind, notice: Notice): Promise<void> {
  const isFirst = await append(ports, key, (log) =>
    log.some((decision) => decision.do === "tell" && decision.what === what)
      ? null
      : { do: "tell", what, by: SCHEDULE, at: ports.now() },
  );
  if (isFirst) await ports.notifyEditors(notice);
}

/** Appends the entry made by `make`, if any, under the next free number. */
export async function append(
  ports: Ports,
  key: EditionKey,
  make: (log: ReturnType<typeof decisionsInForce>) => NewDecision | null,
): Promise<boolean> {
  for (;;) {
    const log = await ports.editions.decisions(key);
    const decision = make(decisionsInForce(log));
    if (decision === null) return false;
    const n = (log.at(-1)?.n ?? 0) + 1;
    if (await ports.editions.appendDecision(key, n, { ...decision, n })) return true;
  }
}
