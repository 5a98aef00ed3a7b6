import type { CommandOutput } from "#functions/command/contract.ts";
import { columns, counted, number } from "../terminal/output.ts";

export type Edition = CommandOutput<"show">["edition"];

export const editionName = ({ newsletter, date }: { newsletter: string; date: string }): string =>
  `The edition of ${newsletter} for ${date}`;

/** An edition for editors: its content, the reasons, and the progress of its delivery. */
export function editionText(edition: Edition, outlook: CommandOutput<"show">["outlook"] = null): string {
  const { state, reason, lead, headlines, bytes } = edition;
  const title = `${editionName(edition)}: ${outlook?.text ?? `${state}${because(reason)}`}`;
  const facts = columns(
    ["Subject", edition.subject],
    [
      ...(outlook === null ? [] : [["State", state]]),
      ...(edition.preheader === "" ? [] : [["Preheader", edition.preheader]]),
      ["Email", `${kilobytes(bytes.html)} HTML, ${kilobytes(bytes.text)} text`],
      ...(edition.hash === null ? [] : [["Hash", edition.hash]]),
      ...(edition.counts.audience === 0 ? [] : [["Delivery", countsText(edition)]]),
      ...(edition.notes ?? []).map(({ at, text }) => [`Note ${at.slice(0, 10)}`, text]),
      ...(edition.counts.unknown === 0 ? [] : [["Unknown", unknownText(edition)]]),
    ],
  );
  const stories = [leadText(lead), ...headlines.map((headline, at) => headlineText(headline, at + 1))];
  return [title, facts, ...stories].join("\n\n");
}

const unknownText = ({ newsletter, date }: Edition) =>
  `SES didn't answer and may have mailed these readers. Wait for its events, or list them with: npx --no-install broadsheet edition deliveries ${newsletter} --date ${date} --state unknown`;

/** The reason behind a state, in brackets: `held (SES has paused sending)`. */
export const because = (reason: string | null): string =>
  reason === null ? "" : ` (${reason.replace(/^(Held|Halted) because /, "").replace(/\.$/, "")})`;

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;

/** `50 readers: 48 accepted, 2 skipped`. */
export function countsText({ counts, state }: Pick<Edition, "counts" | "state">): string {
  const { audience, ...outcomes } = counts;
  const parts = Object.entries(outcomes).filter(([, n]) => n > 0);
  const wordOf = (name: string) => (name === "waiting" && state === "cancelled" ? "won't get it" : name);
  return `${counted(audience, "reader")}: ${parts.map(([name, n]) => `${number(n)} ${wordOf(name)}`).join(", ")}`;
}

function leadText({ title, url, source, paragraphs, reasons }: Edition["lead"]): string {
  const [first = ""] = paragraphs;
  const about = [source, counted(paragraphs.length, "paragraph")].filter((part) => part !== null).join(" · ");
  return story(0, title ?? clipped(first), [about, url, ...reasons]);
}

function headlineText({ title, url, source, alsoIn, developing, reasons }: Edition["headlines"][number], at: number) {
  const also = alsoIn.length === 0 ? null : `also in ${alsoIn.join(", ")}`;
  const about = [developing ? "developing" : null, source, also].filter((part) => part !== null).join(" · ");
  return story(at, title, [about, url, ...reasons]);
}

const story = (at: number, title: string, lines: readonly (string | null)[]) =>
  [`${String(at).padStart(3)}  ${title}`, ...lines.filter((line) => line).map((line) => `     ${line}`)].join("\n");

const clipped = (text: string) => (text.length > 90 ? `${text.slice(0, 89)}…` : text);

/** Share of readers who found it worth reading: `84 % of 312`. */
export function answersText({ worth }: Pick<CommandOutput<"list">["editions"][number], "worth">): string {
  if (worth === null) return "";
  const all = worth.yes + worth.no;
  return `${Math.round((100 * worth.yes) / all)} % of ${number(all)}`;
}
