import type { Words } from "../words.ts";

export const en: Words = {
  more: { one: "One more headline", other: "{n} more headlines" },
  headlines: { one: "One headline", other: "{n} headlines" },
  rest: { one: "One more headline on the web", other: "{n} more headlines on the web" },
  developing: "Developing",
  alsoIn: "also in {names}",
  others: { one: "one other", other: "{n} others" },
  readAt: "Read the full story at {source}",
  read: "Read the full story",
  reason: "You get this email because you subscribed to {title}.",
  replies: "Reply to this email, or write to {contact}: a person reads it.",
  browser: "View in browser",
  archive: "All editions",
  unsubscribe: "Unsubscribe",
};
