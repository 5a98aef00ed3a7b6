import type { Command } from "commander";
import type { Config } from "#domain/config.ts";
import { addExamples, type Context, parsePositive, runLocally } from "../command.ts";
import type { Output } from "../terminal/output.ts";
import { counted, number } from "../terminal/output.ts";

type Flags = { readers: number; site?: string };

/** Registers `production-access`. */
export function registerProductionAccess(program: Command): void {
  const access = program
    .command("production-access")
    .description("Write the request for SES production access, from the config")
    .option("--readers <n>", "Number of readers expected in a year", parsePositive, 1_000)
    .option("--site <url>", "Address of the website (default: the config's domain)");
  addExamples(runLocally(access, showRequest), "production-access", "production-access --readers 20000");
}

async function showRequest({ options }: Pick<Context<Flags>, "options">): Promise<Output> {
  const { config } = await import("#broadsheet.config.ts");
  const site = options.site ?? (config.site.domain === undefined ? "SITE-URL" : `https://${config.site.domain}`);
  const description = requestText(config, { readers: options.readers, site });
  const quoted = `'${description.replaceAll("'", "'\\''")}'`;
  const command = [
    "aws sesv2 put-account-details --production-access-enabled --mail-type MARKETING",
    `--website-url ${site} --contact-language EN --use-case-description ${quoted}`,
  ].join(" ");
  return {
    json: { websiteUrl: site, mailType: "MARKETING", useCaseDescription: description, command },
    text: `${description}\n\nSend it in the SES console (Account dashboard, Request production access), or with:\n\n${command}`,
  };
}

/** What AWS asks: who gets what, how they subscribed, how they leave, what happens to bounces. At most 5,000 characters. */
export function requestText(config: Config, { readers, site }: { readers: number; site: string }): string {
  const newsletters = Object.values(config.newsletters);
  const titles = newsletters.map(
    ({ title, days, from }) => `"${title}" (from ${from.address}, ${counted(days.length, "edition")} a week)`,
  );
  const daily = newsletters.length * readers;
  return [
    `We publish ${titles.join(" and ")}: an email newsletter with one lead story and a list of headlines. ` +
      `We expect up to ${counted(readers, "reader")} a newsletter, so at most ${number(daily)} emails a day.`,
    `Readers subscribe themselves at ${site}. Each one confirms by a link that we mail to their address (double opt-in); only then are they subscribed. We keep the time and source of each consent. We don't buy or rent lists.`,
    "Every email has a visible unsubscribe link and List-Unsubscribe and List-Unsubscribe-Post headers (RFC 8058): one click unsubscribes, at once and without signing in. It also has our postal address.",
    "SES's events come back through EventBridge. An address that bounces permanently or complains is never mailed again; the account's suppression list is on for bounces and complaints as well. A large edition goes to a small part of its readers first and stops by itself if their servers refuse it. Alarms go off at 4% bounces and 0.08% complaints.",
    "Our sender domains are signed with DKIM, have a MAIL FROM domain of their own (SPF) and a DMARC record. Emails have no tracking pixels and no rewritten links.",
  ].join("\n\n");
}
