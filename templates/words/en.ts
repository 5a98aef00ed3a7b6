import type { WordsWith } from "./catalogue.ts";

export const en: WordsWith<"one" | "other"> = {
  more: { one: "One more headline", other: "{n} more headlines" },
  headlines: { one: "One headline", other: "{n} headlines" },
  rest: { one: "One more headline on the web", other: "{n} more headlines on the web" },
  developing: "Developing",
  otherNews: "Other news",
  alsoIn: "also in {names}",
  others: { one: "one other", other: "{n} others" },
  readAt: "Read the full story at {source}",
  read: "Read the full story",
  picture: "Picture: {credit}",
  reason: "You get this email because you subscribed to {title}.",
  replies: "Reply to this email, or write to {contact}: a person reads it.",
  browser: "View in browser",
  archive: "All editions",
  unsubscribe: "Unsubscribe",
  editions: "Editions",
  previous: "Previous edition",
  next: "Next edition",
  noEditions: "No edition has been sent yet. The first one will stand here.",
  newsletters: "Newsletters",
  thisNewsletter: "this newsletter",
  skip: "Skip to the text",
  leaveTitle: "Unsubscribe?",
  leaveAsk: "No more editions of {title} will go to {address}.",
  leaveButton: "Unsubscribe",
  leaveNot: "To stay subscribed, just close this page.",
  reference: "If you ask us about this, please quote {id}.",
  messages: {
    left: {
      title: "You are unsubscribed",
      text: "You will get no more editions of {title}. One that is on its way just now may still arrive.",
    },
    sample: {
      title: "This email was shown to nobody in particular",
      text: "In the email that you get, the unsubscribe link is your own: it opens a page with one button.",
    },
    badLink: {
      title: "This link does not work",
      text: "It may have been cut off on its way. Open the unsubscribe link in the newest email of {title} again, or reply to that email and ask to be taken off the list.",
    },
    notFound: {
      title: "There is no such page",
      text: "The address may be mistyped, or the edition has not been sent.",
    },
    error: {
      title: "Something went wrong here",
      text: "It is our fault, and nothing was changed. Please try again in a few minutes.",
    },
  },
};
