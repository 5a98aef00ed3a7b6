import type { Content, Message } from "../mail/message.ts";

export const tabs = ["html", "text", "headers", "source"] as const;
export type Tab = (typeof tabs)[number];

/** A message as its pane shows it, among the copies it is one of. */
export type Shown = {
  message: Message;
  copies: readonly Message[];
  content: Content;
  region: string;
  /** The search the list was narrowed by; links keep it. */
  words: string;
  tab: Tab;
};

export const readTab = (given: string | null): Tab => tabs.find((tab) => tab === given) ?? "html";

/** The page of a message, with the search and the tab kept. */
export function messagePath(message: Message, words: string, tab: Tab = "html"): string {
  const query = new URLSearchParams();
  if (words !== "") query.set("q", words);
  if (tab !== "html") query.set("tab", tab);
  const parameters = query.toString();
  return `/message/${message.entry.id}${parameters === "" ? "" : `?${parameters}`}`;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayAndClock = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const longDay = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

/** Times are shown in this machine's zone: the inbox runs beside its reader. */
export const timeOfDay = (at: number) => clock.format(at);
export const fullTime = (at: number) => dayAndClock.format(at);

export function dayName(at: number, now: number): string {
  const day = longDay.format(at);
  if (day === longDay.format(now)) return "Today";
  return day === longDay.format(now - 24 * 60 * 60 * 1000) ? "Yesterday" : day;
}

export const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
