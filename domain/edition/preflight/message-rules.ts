import type { Header } from "../../delivery/calls/call.ts";
import { email, type Finding, warning } from "./finding.ts";

/** A message from an inbox. */
export type Message = {
  headers: readonly Header[];
  html: string | null;
  text: string | null;
  /** Its parts in order. */
  kinds: readonly { type: string; charset: string | null }[];
};

/** Rules for sent messages: B3, B4, B35. SES makes the parts, and To has the reader's address. */
export function messageRules({ headers, html, text, kinds }: Message): Finding[] {
  const valuesOf = (name: string) => headers.filter((one) => one.name.toLowerCase() === name).map(({ value }) => value);
  const listed = ["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "List-Archive"];
  const miscounted = listed.filter((name) => valuesOf(name.toLowerCase()).length !== 1);
  const types = kinds.map(({ type }) => type).filter((type) => type.startsWith("text/"));
  const otherCharset = kinds.find(({ charset }) => charset?.toLowerCase() !== "utf-8");
  const addresses = valuesOf("to").flatMap((to) => to.match(/(?<![^\s<>",;@])[^\s<>",;@]+@[^\s<>",;]+/g) ?? []);
  const shown = addresses.find((address) => [html, text].some((part) => part?.includes(address)));
  return [
    ...miscounted.map((name) =>
      warning(
        "B3",
        email,
        `The message has ${valuesOf(name.toLowerCase()).length} ${name} headers, and should have one.`,
      ),
    ),
    ...(types.join() === "text/plain,text/html"
      ? []
      : [
          warning("B4", email, `The message’s parts are ${types.join(", ") || "none"}, and should be text, then HTML.`),
        ]),
    ...(otherCharset
      ? [
          warning(
            "B4",
            email,
            `A part of the message is in ${otherCharset.charset ?? "no charset"}, and Gmail clips it.`,
          ),
        ]
      : []),
    ...(shown
      ? [warning("B35", email, "The message has its reader’s address in it, which a forward would show.")]
      : []),
  ];
}
