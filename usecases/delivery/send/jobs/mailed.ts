import type { Mailed, Sender } from "#domain/delivery/pace/sender.ts";
import { type EditionKey, editionLabel } from "#domain/edition/edition.ts";

export type Outcomes = { accepted: number; refused: number };

/** What this run, and the other senders since it began, mailed of each edition. */
export type MailedTotals = ReturnType<typeof createMailedTotals>;

export function createMailedTotals() {
  const own = new Map<string, Mailed>();
  const others = new Map<string, Outcomes>();
  /** Each other sender's item as last seen, by index. */
  const seen = new Map<number, Pick<Sender, "holder" | "mailed">>();
  const add = (name: string, { accepted, refused }: Outcomes) => {
    const before = others.get(name) ?? { accepted: 0, refused: 0 };
    others.set(name, { accepted: before.accepted + accepted, refused: before.refused + refused });
  };
  return {
    addOwn(key: EditionKey, { accepted, refused }: Outcomes): void {
      const before = own.get(editionLabel(key)) ?? { accepted: 0, refused: 0 };
      const { newsletter, date } = key;
      const after = { accepted: before.accepted + accepted, refused: before.refused + refused };
      own.set(editionLabel(key), { newsletter, date, ...after });
    },
    own: (): Mailed[] => [...own.values()],
    byOthers: (key: EditionKey): Outcomes => others.get(editionLabel(key)) ?? { accepted: 0, refused: 0 },
    /** Adds what the other senders mailed since their items were last seen. A new run counts from zero. */
    see(senders: readonly Sender[]): void {
      for (const { index = 0, holder, mailed = [] } of senders) {
        const last = seen.get(index);
        const before = last?.holder === holder ? (last.mailed ?? []) : [];
        seen.set(index, { holder, mailed });
        for (const one of mailed) {
          const known = before.find((other) => editionLabel(other) === editionLabel(one));
          const accepted = one.accepted - (known?.accepted ?? 0);
          add(editionLabel(one), { accepted, refused: one.refused - (known?.refused ?? 0) });
        }
      }
    },
  };
}
