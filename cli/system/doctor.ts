import type { Command } from "commander";
import type { SystemFacts } from "#domain/doctor/diagnose-system.ts";
import type { Diagnosis } from "#domain/doctor/diagnosis.ts";
import type { Invoke } from "../client.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import type { Output } from "../terminal/output.ts";
import { Problem } from "../terminal/problem.ts";
import { probeEvents, probeWebsite } from "./doctor-probes.ts";

type Flags = { beforeDeploy?: true; quick?: true };

/** Registers `doctor`. */
export function registerDoctor(program: Command): void {
  const doctor = program
    .command("doctor")
    .description("Check config, account and system, and say how to fix each fault; exit code 1 if there is one")
    .option("--before-deploy", "Check only what would make the first deployment fail or surprise you")
    .option("--quick", "Leave out what takes a minute or two: resources changed by hand, and a probe of SES's events");
  addExamples(runRemotely(doctor, diagnose), "doctor --before-deploy", "doctor --stack broadsheet", "doctor --json");
}

async function diagnose({ invoke, options }: Context<Flags>): Promise<Output> {
  const [{ config }, { fetchGuard }, { diagnoseConfig }, { regionOf, regionOfShell }] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("#adapters/fetch/guard.ts"),
    import("#domain/doctor/diagnose-config.ts"),
    import("../region.ts"),
  ]);
  const { stack, beforeDeploy, quick, region } = options;
  const findings: Diagnosis[] = [];
  let names: Names = { STACK: stack, OPERATOR: config.operator };
  // A local system has the samples' addresses, sends to no one and needs no account.
  if (stack !== undefined || beforeDeploy) {
    findings.push(...diagnoseConfig(config, fetchGuard(config.allowOrigins)));
    const inAccount = await inAws({ region: regionOf(region), stack, findDrift: quick !== true });
    findings.push(...inAccount.found, ...(await probeWebsite(inAccount.outputs?.get("SiteUrl"))));
    names = { ...names, TABLE: inAccount.outputs?.get("TableName"), KEYS: inAccount.outputs?.get("KeysSecret") };
  }
  const isReachable = findings.every(({ id }) => !unreachable.includes(id));
  const isDeployed = stack !== undefined;
  if (!beforeDeploy && isReachable)
    findings.push(...(await inSystem(invoke, Object.keys(config.newsletters), { isDeployed })));
  const wanted = regionOf(region);
  const awsRegion = wanted === regionOfShell() ? undefined : wanted;
  const canAnswer = findings.every(({ id }) => ![...unreachable, "system-silent"].includes(id));
  if (!beforeDeploy && isDeployed && canAnswer && quick !== true) findings.push(...(await probeEvents(invoke)));
  return output(findings.map(({ fix, ...finding }) => ({ ...finding, fix: named(fix, names, awsRegion) })));
}

/** What a fix leaves open, by the words it has for it. */
type Names = Partial<Record<"STACK" | "OPERATOR" | "TABLE" | "KEYS", string | undefined>>;

/** @param region unless it is the one that the AWS CLI takes by itself */
function named(fix: string, names: Names, region: string | undefined): string {
  const filled = Object.entries(names).reduce(
    (text, [word, name]) => (name === undefined ? text : text.replace(new RegExp(`\\b${word}\\b`, "g"), () => name)),
    fix,
  );
  return region === undefined ? filled : filled.replace(/\baws (?=[a-z0-9]+ [a-z])/g, `$&--region ${region} `);
}

/** Findings that say why the system can't answer either. */
const unreachable = ["no-stack", "no-credentials", "no-region", "aws-unreachable"];

/** A system that fails to answer is a finding too, or the others would not be shown. */
export async function inSystem(
  invoke: Invoke,
  newsletters: readonly string[],
  { isDeployed, now = Date.now() }: { isDeployed: boolean; now?: number },
): Promise<Diagnosis[]> {
  const { diagnoseSystem, silentSystem, unreadableItem } = await import("#domain/doctor/diagnose-system.ts");
  try {
    return diagnoseSystem(await systemFacts(invoke, newsletters, { isDeployed }), now);
  } catch (error) {
    // No local system is running: nothing to diagnose.
    if (!isDeployed && !(error instanceof Problem && error.code === "internal")) throw error;
    const why = error instanceof Error ? error.message : String(error);
    return [isUnreadable(why) ? unreadableItem(why) : silentSystem(why)];
  }
}

type InAws = { region: string | undefined; stack: string | undefined; findDrift: boolean };
type FoundInAws = { found: Diagnosis[]; outputs?: ReadonlyMap<string, string> | undefined };

/** What AWS reports about the account, and about the stack or the requirements of its first deployment. */
async function inAws({ region, stack, findDrift }: InAws): Promise<FoundInAws> {
  const [{ config }, accountRules, stackRules] = await Promise.all([
    import("#broadsheet.config.ts"),
    import("#domain/doctor/diagnose-account.ts"),
    import("#domain/doctor/diagnose-stack.ts"),
  ]);
  const senders = Object.values(config.newsletters).flatMap(({ from }) => accountRules.identitiesOf(from.address));
  const where = { region };
  try {
    const { readAccount } = await import("#adapters/aws-account/account.ts");
    const account = await readAccount(senders, where);
    const found = accountRules.diagnoseAccount(config, account, { deployed: stack !== undefined });
    const { readBootstrap, readStack } = await import("#adapters/aws-account/stack.ts");
    if (stack === undefined)
      return {
        found: [...found, ...stackRules.diagnoseBootstrap(await readBootstrap(config.name, where), config.name)],
      };
    const facts = await readStack(stack, { ...where, findDrift });
    if (facts === undefined) return { found: [...found, stackRules.noStack(stack, account.region)] };
    return { found: [...found, ...stackRules.diagnoseStack(facts)], outputs: facts.outputs };
  } catch (error) {
    return { found: [unreadable(error)] };
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
      fix: "Allow ses:GetAccount, ses:GetEmailIdentity, lambda:GetAccountSettings, cloudformation:Describe*, cloudformation:Detect*, cloudwatch:DescribeAlarms, dynamodb:Describe* and sns:GetTopicAttributes.",
    };
  return {
    ...fault,
    id: "aws-unreachable",
    what: "AWS doesn't answer.",
    fix: "Check the network and the region, then try again.",
  };
}

/** What the running system reports, by its commands. A local system's keys sign for no one, so they aren't looked at. */
export async function systemFacts(
  invoke: Invoke,
  newsletters: readonly string[],
  { isDeployed }: { isDeployed: boolean },
): Promise<SystemFacts> {
  const [{ sources }, board, health, { counts }, keys, lists] = await Promise.all([
    invoke("source list", {}),
    boardOf(invoke),
    invoke("health", {}),
    invoke("dlq list", {}),
    isDeployed ? keysOf(invoke) : [],
    Promise.all(
      newsletters.map(async (newsletter) => ({ newsletter, editions: await editionsOf(invoke, newsletter) })),
    ),
  ]);
  return {
    sources: sources.filter(({ removedAt }) => removedAt === null),
    dead: counts,
    keys,
    editions: lists.flatMap(({ newsletter, editions }) =>
      (editions ?? []).slice(0, 7).map(({ date, state, audience }) => ({ newsletter, date, state, audience })),
    ),
    next: board.next,
    health: {
      ...health,
      // The board says the same of the sender's item, in a longer sentence.
      unreadable: health.unreadable.length > 0 ? health.unreadable : board.unreadable,
    },
    unknownNewsletters: lists.flatMap(({ newsletter, editions }) => (editions === undefined ? [newsletter] : [])),
  };
}

async function boardOf(invoke: Invoke): Promise<Pick<SystemFacts, "next"> & { unreadable: string[] }> {
  try {
    const { newsletters } = await invoke("board", {});
    const next = newsletters.flatMap((of) =>
      of.next.map(({ plan, edition }) => ({ newsletter: of.name, date: plan.date, outlook: edition.outlook })),
    );
    return { next, unreadable: [] };
  } catch (error) {
    if (error instanceof Problem && isUnreadable(error.message)) return { next: [], unreadable: [error.message] };
    throw error;
  }
}

/** What a command says that came upon an item of another version (adapters/dynamo/table.ts). */
const isUnreadable = (why: string) => /version of Broadsheet/.test(why);

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
