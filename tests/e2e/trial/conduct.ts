import { setTimeout as sleep } from "node:timers/promises";
import { readAccount } from "#adapters/aws-account/account.ts";
import { connect } from "#cli/client.ts";
import { deploy, destroy, type Where } from "./deploy.ts";
import {
  type Look,
  look,
  lookAtEvents,
  lookAtMetrics,
  lookAtOneClick,
  lookAtPermissions,
  lookAtRate,
  lookAtSandbox,
  lookAtStart,
  open,
  type Trial,
} from "./looks.ts";
import { sentinel } from "./received-mail.ts";
import { reportOf } from "./report.ts";
import { costOf, everyone, newsletter, stackName, unverified } from "./settings.ts";

type Options = Where & { mailbox: string | undefined; keep: boolean; minutes: number };
type Account = Trial["account"];

/** Deploys, looks, destroys. Whatever happens, the stack goes and the report is written. */
export async function conduct(options: Options): Promise<{ report: string; isWhole: boolean }> {
  const began = Date.now();
  const end = began + options.minutes * 60_000;
  const looks: Look[] = [];
  let outputs: ReadonlyMap<string, string> = new Map();
  let ended: string | undefined;
  let isDeployed = false;
  try {
    const account = await accountFor(options);
    isDeployed = true;
    outputs = await deploy(options);
    looks.push(look("pool", true, "The deployment succeeded."));
    looks.push(await lookAtStart());
    const trial = await sendEdition(options, account, { outputs, end });
    for (const step of [lookAtEvents, lookAtRate, lookAtSandbox, lookAtOneClick, lookAtMetrics, lookAtPermissions]) {
      looks.push(await step(trial).catch((error: unknown) => open(idOf(step), String(error))));
    }
  } catch (error) {
    ended = error instanceof Error ? error.message : String(error);
  } finally {
    if (isDeployed && !options.keep) isDeployed = !(await isGone(options));
  }
  const about = {
    date: new Date(began).toISOString().slice(0, 10),
    place: options.emulator
      ? "an emulator"
      : `AWS, ${options.region ?? process.env.AWS_REGION ?? "the shell's region"}`,
    isEmulator: options.emulator,
    mails: everyone.length + (options.mailbox === undefined ? 0 : 1),
    dollars: costOf(everyone.length + 1),
    minutes: (Date.now() - began) / 60_000,
    ...{ ended, isDeployed, outputs },
  };
  const isWhole =
    ended === undefined && looks.every(({ result }) => result !== "refuted") && isDeployed === options.keep;
  return { report: reportOf(looks, about), isWhole };
}

const isGone = (options: Options): Promise<boolean> =>
  destroy(options).then(
    () => true,
    () => false,
  );

const ids = new Map<unknown, Look["id"]>([
  [lookAtEvents, "events"],
  [lookAtRate, "rate"],
  [lookAtSandbox, "sandbox"],
  [lookAtOneClick, "one-click"],
  [lookAtMetrics, "metrics"],
  [lookAtPermissions, "permissions"],
]);
const idOf = (step: unknown): Look["id"] => ids.get(step) ?? "pool";

/** @throws where the trial could not send, with what to do */
async function accountFor({ sender, region, emulator }: Options): Promise<Account> {
  const domain = sender.slice(sender.lastIndexOf("@") + 1);
  const account = await readAccount([domain], { region });
  if (!emulator && account.identities.get(domain)?.verified !== true) {
    throw new Error(
      `SES has not verified ${domain} in ${account.region}. Verify it in the SES console, then run the trial again.`,
    );
  }
  const left = account.quota === null ? Number.POSITIVE_INFINITY : account.quota - account.sentLast24Hours;
  if (left < everyone.length + 2) {
    throw new Error(
      `SES allows ${left} more mails today, and the trial sends ${everyone.length + 2}. Run it tomorrow.`,
    );
  }
  return account;
}

const text = `The trial of this system began today, and so far ${sentinel} have arrived.
It is sent to addresses of a simulator, which no one reads.

The first headline of the trial: ${sentinel}
The second headline of the trial
The third headline of the trial
`;

async function sendEdition(
  { mailbox, region }: Options,
  account: Account,
  { outputs, end }: { outputs: ReadonlyMap<string, string>; end: number },
): Promise<Trial> {
  const ask = connect({ data: "", stack: stackName, region });
  const date = new Date().toISOString().slice(0, 10);
  const addresses = account.sandbox ? [...everyone, unverified] : [...everyone];
  await ask("subscriber add", { newsletter, addresses });
  await ask("draft", { newsletter, date, text, replace: true });
  if (mailbox !== undefined) await ask("test", { newsletter, date, to: mailbox });
  const sentAt = Date.now();
  await ask("send", { newsletter, date, anyway: true });
  let state = "";
  while (Date.now() < end) {
    const followed = await ask("follow", { newsletter, date });
    state = `${followed.state}${followed.reason === null ? "" : ` (${followed.reason})`}`;
    if (followed.state === "finished") break;
    if (followed.state === "halted" || followed.state === "held")
      await ask("resume", { newsletter, date, anyway: true });
    await sleep(2_000);
  }
  if (!state.startsWith("finished")) throw new Error(`Time is up, and the edition is ${state}.`);
  const patience = Math.max(0, Math.min(300_000, (end - Date.now()) / 3));
  return { ask, date, outputs, account, sentAt, finishedAt: Date.now(), patience };
}
