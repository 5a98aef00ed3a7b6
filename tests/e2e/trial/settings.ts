import { defineConfig } from "#domain/config.ts";

export const stackName = "broadsheet-trial";
export const newsletter = "trial";

/** Where the app finds the config of the trial. */
export const CONFIG_VARIABLE = "BROADSHEET_TRIAL";

/** The config of a trial: one newsletter that only goes out by hand, from a sender that SES has already. */
export const trialConfig = (sender: string, region: string | undefined) =>
  defineConfig({
    name: stackName,
    ...(region === undefined ? {} : { region }),
    identities: "existing",
    newsletters: {
      [newsletter]: {
        title: "Broadsheet trial",
        from: { name: "Broadsheet trial", address: sender },
        timeZone: "UTC",
        sendAt: "00:00",
        mode: "approve",
        editors: [sender],
        postalAddress: "A trial of Broadsheet, which mails no one but you",
      },
    },
  });

/** Recipients of SES's mailbox simulator, which count neither as bounces nor as complaints of the account. */
const simulated = (kind: string, number: number) => `${kind}+${number}@simulator.amazonses.com`;
export const recipients = {
  delivered: Array.from({ length: 58 }, (_, number) => simulated("success", number)),
  bounced: [simulated("bounce", 1)],
  complained: [simulated("complaint", 1)],
} as const;
export const everyone = Object.values(recipients).flat();

/** No mailbox of anyone's: example.com takes no mail. Only an account in the sandbox is asked to send to it. */
export const unverified = "nobody@example.com";

/** US dollars: SES without a plan, the dearest; an hour of alarms, secret and dashboard; the rest rounds to nothing. */
export const costOf = (mails: number): number => mails * 0.00016 + 10.47 / 730;
