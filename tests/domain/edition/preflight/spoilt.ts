import type { EditionContent, RenderedEmail } from "#domain/edition/edition.ts";
import type { Facts } from "#domain/edition/preflight/check/facts.ts";
import type { LinkTrial } from "#domain/edition/preflight/finding.ts";
import { look, usual } from "../../../testing/editions/editions.ts";
import { factsFor } from "./checked.ts";

/** Each case spoils one thing of a correct edition, and names the finding. */
type Spoilt = { facts: Facts; trials?: LinkTrial[] };
export type Case = [what: string, spoilt: () => Spoilt, found: RegExp[]];

/** Replaces what must be there: a case whose email has changed proves nothing. */
export function swapped(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`nothing like ${from} in the email`);
  return changed;
}

export const content = (change: Partial<EditionContent>, of = usual): Spoilt => ({
  facts: factsFor({ ...of, ...change }, look),
});
export const lead = (change: Partial<EditionContent["lead"]>) => content({ lead: { ...usual.lead, ...change } });
export const headline = (n: number, change: Partial<EditionContent["headlines"][number]>) =>
  content({ headlines: usual.headlines.map((one, i) => (i === n - 1 ? { ...one, ...change } : one)) });
export const email = (change: (email: RenderedEmail) => RenderedEmail, of = usual): Spoilt => ({
  facts: factsFor(of, look, change),
});
export const html = (from: string | RegExp, to: string, of = usual) =>
  email((sent) => ({ ...sent, html: swapped(sent.html, from, to) }), of);
export const text = (from: string | RegExp, to: string) =>
  email((sent) => ({ ...sent, text: swapped(sent.text, from, to) }));
export const facts = (change: (facts: Facts) => Partial<Facts>): Spoilt => {
  const good = factsFor(usual);
  return { facts: { ...good, ...change(good) } };
};
export const headers = (change: (all: Facts["envelope"]["headers"]) => Facts["envelope"]["headers"]) =>
  facts(({ envelope }) => ({ envelope: { ...envelope, headers: change(envelope.headers) } }));
export const without = (name: string) => headers((all) => all.filter((header) => header.name !== name));
export const header = (name: string, value: string) =>
  headers((all) => all.map((one) => (one.name === name ? { name, value } : one)));
export const block = (style: string) =>
  html("</body>", `<div lang="en-GB" dir="ltr"><p style="${style}">One more</p></div></body>`);
export const written = (change: Partial<Facts["written"]>, spoilt: Spoilt): Spoilt => ({
  facts: { ...spoilt.facts, written: { ...spoilt.facts.written, ...change } },
});
export const long = "word ".repeat(60).trim();
