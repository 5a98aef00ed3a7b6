import type { Command } from "commander";
import type { SystemFacts } from "#domain/doctor/diagnose-system.ts";
import type { Diagnosis } from "#domain/doctor/diagnosis.ts";
import type { Invoke } from "../client.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import type { Output } from "../terminal/output.ts";
import { Problem } from "../terminal/problem.ts";

type Flags = { beforeDeploy?: true; quick?: true };

/** Registers `doctor`. */
export function registerDoctor(program: Command): void {
  const doctor = program
    .command("doctor")
    .description("Check config, account and system, and say how to fix each fault; exit code 1 if there is one")
    .option("--before-deploy", "Check only what would make the first deployment fail or surprise you")
    .option("--quick", "Don't look for resources that were changed by hand, which takes a minute or two");
  addExamples(runRemotely(doctor, diagnose), "doctor --before-deploy", "doctor --stack broadsheet", "doctor --json");
}

async function diagnose({ invoke, options }: Context<Flags>): Promise<Output> {
  const [{ config }, { diagnoseConfig }] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("#domain/doctor/diagnose-config.ts"),
  ]);
  const { stack, beforeDeploy, quick, region } = options;
  const findings: Diagnosis[] = [];
  // A local system has the samples' addresses, sends to no one and needs no account.
  if (stack !== undefined || beforeDeploy) {
    findings.push(...diagnoseConfig(config));
    findings.push(...(await inAws({ region, stack, findDrift: quick !== true })));
  }
  const isReachable = findings.every(({ id }) => !unreachable.includes(id));
  const isDeployed = stack !== undefined;
  if (!beforeDeploy && isReachable)
    findings.push(...(await inSystem(invoke, Object.keys(config.newsletters), { isDeployed })));
  return output(findings);
}

/** Findings that say why the system can't answer either. */
const unreachable = ["no-stack", "no-credentials", "no-region", "aws-unreachable"];

/** A system that fails to answer is a finding too, or the others would not be shown. */
export async function inSystem(
  invoke: Invoke,
  newsletters: readonly string[],
  { isDeployed, now = Date.now() }: { isDeployed: boolean; now?: number },
): Promise<Diagnosis[]> {
  const { diagnoseSystem, silentSystem } = await import("#domain/doctor/diagnose-system.ts");
  try {
    return diagnoseSystem(await systemFacts(invoke, newsletters), now);
  } catch (error) {
    // No local system is running: nothing to diagnose.
    if (!isDeployed && !(error instanceof Problem && error.code === "internal")) throw error;
    return [silentSystem(error instanceof Error ? error.message : String(error))];
  }
}

type InAws = { region: string | undefined; stack: string | undefined; findDrift: boolean };

/** What AWS reports about the account, and about the stack or the requirements of its first deployment. */
async function inAws({ region, stack, findDrift }: InAws): Promise<Diagnosis[]> {
  const [{ config }, { regionOf }, accountRules, stackRules] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("../region.ts"),
    import("#domain/doctor/diagnose-account.ts"),
    import("#domain/doctor/diagnose-stack.ts"),
  ]);
  const senders = Object.values(config.newsletters).flatMap(({ from }) => accountRules.identitiesOf(from.address));
  const where = { region: regionOf(region) };
  try {
    const { readAccount } = await import("#adapters/aws-account/account.ts");
    const account = await readAccount(senders, where);
    const found = accountRules.diagnoseAccount(config, account, { deployed: stack !== undefined });
    const { readBootstrap, readStack } = await import("#adapters/aws-account/stack.ts");
    if (stack === undefined)
      return [...found, ...stackRules.diagnoseBootstrap(await readBootstrap(config.name, where), config.name)];
    const facts = await readStack(stack, { ...where, findDrift });
    return [
      ...found,
      ...(facts === undefined ? [stackRules.noStack(stack, account.region)] : stackRules.diagnoseStack(facts)),
    ];
  } catch (error) {
    return [unreadable(error)];
  }
}

/** The SDK's errors by name: https://docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html */
function unreadable(error: unknown): Diagnosis {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const said = message.replace(/\.?$/, ".");
  const fault = { level: "fault", cause: said } as const;
  if (/region/i.test(message))
    return {
      ...fault,
      id: "no-region",
      what: "No region is set.",
      fix: "Set region in broadsheet.config.ts, or AWS_REGION.",
    };
  if (/CredentialsProviderError|ExpiredToken|UnrecognizedClient|InvalidClientTokenId/.test(name))
    return {
      ...fault,
      id: "no-credentials",
      what: "AWS credentials are missing or no longer valid.",
      fix: "Log in, or set AWS_PROFILE: aws sts get-caller-identity",
    };
  if (/AccessDenied/.test(name))
    return {
      ...fault,
      id: "account-unreadable",
      what: "These credentials can't read the account's limits.",
      fix: "Allow ses:GetAccount, ses:GetEmailIdentity, lambda:GetAccountSettings, cloudformation:Describe*, cloudformation:Detect*, cloudwatch:DescribeAlarms and sns:GetTopicAttributes.",
    };
  return {
    ...fault,
    id: "aws-unreachable",
    what: "AWS doesn't answer.",
    fix: "Check the network and the region, then try again.",
  };
}

/** What the running system reports, by its commands. */
export async function systemFacts(invoke: Invoke, newsletters: readonly string[]): Promise<SystemFacts> {
  const [{ sources }, { counts }, keys, lists] = await Promise.all([
    invoke("source list", {}),
    invoke("dlq list", {}),
    keysOf(invoke),
    Promise.all(
      newsletters.map(async (newsletter) => ({ newsletter, editions: await editionsOf(invoke, newsletter) })),
    ),
  ]);
  return {
    sources: sources.filter(({ removedAt }) => removedAt === null),
    dead: counts,
    keys,
    editions: lists.flatMap(({ newsletter, editions }) =>
      (editions ?? []).slice(0, 7).map(({ date, state }) => ({ newsletter, date, state })),
    ),
    unknownNewsletters: lists.flatMap(({ newsletter, editions }) => (editions === undefined ? [newsletter] : [])),
  };
}

async function keysOf(invoke: Invoke): Promise<SystemFacts["keys"]> {
  try {
    return (await invoke("keys list", {})).keys;
  } catch (error) {
    if (error instanceof Problem && error.code === "internal") return error.message;
    throw error;
  }
}

/** Undefined: the system has no such newsletter. */
async function editionsOf(invoke: Invoke, newsletter: string) {
  try {
    return (await invoke("list", { newsletter })).editions;
  } catch (error) {
    if (error instanceof Problem && error.code === "unknown-newsletter") return undefined;
    throw error;
  }
}

function output(findings: readonly Diagnosis[]): Output {
  const faults = findings.filter(({ level }) => level === "fault").length;
  const text = findings.map(
    ({ level, what, cause, fix }) =>
      `${level === "fault" ? "FAULT  " : "warning"}  ${what}\n         ${cause}\n         Fix: ${fix}`,
  );
  const sum = faults === 0 ? "No faults." : `${faults} ${faults === 1 ? "fault" : "faults"}.`;
  return {
    json: { ok: faults === 0, findings },
    text: [...text, sum].join("\n\n"),
    exitCode: faults === 0 ? 0 : 1,
  };
}
