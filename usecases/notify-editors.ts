import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { counted } from "#domain/counted.ts";
import type { Notify } from "./ports/services.ts";

type OneMail = {
  subject: string;
  html: string;
  text: string;
  from: { name: string; address: string };
  replyTo: string;
  to: string;
};

/**
 * Mails notices to a newsletter's editors, one mail each, from the newsletter's sender.
 * @throws Error when SES refused any of them, after all were tried; it names no address.
 */
export function notifyEditors(
  newsletters: Readonly<Record<string, NewsletterConfig>>,
  sendOne: (mail: OneMail) => Promise<unknown>,
): Notify {
  return async ({ newsletter, subject, text }) => {
    const config = newsletters[newsletter];
    if (config === undefined) return;
    const { from, editors } = config;
    const mail = { subject, text, html: "", from, replyTo: config.replyTo ?? from.address };
    const results = await Promise.allSettled(editors.map((to) => sendOne({ ...mail, to })));
    const failed = results.filter((result) => result.status === "rejected");
    const [first] = failed;
    if (first) {
      const why = first.reason instanceof Error ? first.reason.name : "an unknown error";
      throw new Error(
        `${failed.length} of ${counted(editors.length, "editor")} of ${newsletter} couldn't be mailed: ${why}.`,
      );
    }
  };
}
