import { readFileSync, writeFileSync } from "node:fs";

/**
 * What rests on AWS's documents alone, and how the trial on a real account looks at it. docs/aws-unproven.md is written
 * from this list: `node tests/e2e/trial/claims.ts`. A claim that someone has seen leaves it, and the page says where.
 */
export type Claim = {
  id: string;
  claim: string;
  restsOn: string;
  ifWrong: string;
  /** How someone without the trial sees it. */
  howToSee: string;
  /** `run`: the trial looks at it by itself. `person`: it says what a person has to do. `no`: it can't. */
  trial: "run" | "person" | "no";
};

export const claims = [
  {
    id: "pool",
    claim:
      "CloudFormation accepts the pool's passkeys beside MFA in this combination, and everything else in the template",
    restsOn: "CloudFormation's reference; cfn-lint",
    ifWrong: "the first deployment fails, at the user pool for one",
    howToSee: "`npx cdk deploy`",
    trial: "run",
  },
  {
    id: "events",
    claim:
      "Each SES event carries the message id and our tags, and its mailbox simulator's bounces and complaints arrive",
    restsOn: "SES's event reference",
    ifWrong: "outcomes stay unknown and wait for a person",
    howToSee:
      "`doctor --stack STACK`, whose probe mails the simulator and waits for the events; or an edition to its addresses, then `edition deliveries`",
    trial: "run",
  },
  {
    id: "rate",
    claim: "SES allows 14 recipients a second and more in steps of one second",
    restsOn: "SES's quotas page",
    ifWrong: "throttles; the sender slows down by itself",
    howToSee: "`edition show` during a large edition",
    trial: "run",
  },
  {
    id: "sandbox",
    claim: "An account in the sandbox refuses unverified recipients with `MessageRejected`",
    restsOn: "SES's reference",
    ifWrong: "the hold's reason names something else",
    howToSee: "an edition to an unverified address in a sandbox account",
    trial: "run",
  },
  {
    id: "one-click",
    claim: "CloudFront forwards `POST` to one-click links with its body and query",
    restsOn: "CloudFront's reference; the template is tested",
    ifWrong: "leaving by one click fails behind CloudFront, and works at the API's own address",
    howToSee: "a `POST` to a link of a test mail",
    trial: "run",
  },
  {
    id: "metrics",
    claim:
      "CloudWatch takes the metrics of an edition from a field of the log line that Powertools writes, and the dashboard's queries as they are",
    restsOn: "the embedded metric format's and Logs Insights' references; names are tested against the code",
    ifWrong: "two graphs stay empty; alarms use none of it",
    howToSee: "the dashboard, after an edition",
    trial: "run",
  },
  {
    id: "permissions",
    claim: "IAM's leading-key conditions bite as the policy says",
    restsOn: "IAM's reference; the emulator ignores them, a test compares policy and code",
    ifWrong: "a function is refused an item it needs, with an alarm",
    howToSee: "a day of the desk on the deployed system",
    trial: "run",
  },
  {
    id: "start",
    claim: "Import time and memory of each function on Lambda",
    restsOn: "the same bundles on a local Node 24",
    ifWrong: "a cold start takes longer than said",
    howToSee: "the `REPORT` lines of a first invocation",
    trial: "run",
  },
  {
    id: "headers",
    claim: "Header order and charset are kept as sent",
    restsOn: "SES's behaviour with simple templates",
    ifWrong: "one-click leaving may not show in some clients",
    howToSee: "the source of a received mail",
    trial: "person",
  },
  {
    id: "tracking",
    claim: "A configuration set without engagement options adds no pixel and rewrites no link",
    restsOn: "SES's reference; the request and the template are tested",
    ifWrong: "readers are tracked, against the promise",
    howToSee: "the source of a received mail",
    trial: "person",
  },
  {
    id: "passkeys",
    claim: "A person enrols a passkey on Cognito's page, and signs in to the desk with it alone",
    restsOn: "Cognito's documents; the desk is tested against another provider",
    ifWrong: "people sign in with a password and a code",
    howToSee: "the output `SignInUrl`, then the desk",
    trial: "person",
  },
  {
    id: "event-cost",
    claim: "Events of `Send` and `Delivery` by EventBridge cost nothing",
    restsOn: "EventBridge's price page on events of AWS services",
    ifWrong: "about $1 for a million events",
    howToSee: "the bill, after an edition of some thousands",
    trial: "person",
  },
  {
    id: "order",
    claim: "SES answers `SendBulkEmail` in the order of the entries",
    restsOn: "nothing: the delivery protocol does not need it",
    ifWrong: "–",
    howToSee: "–",
    trial: "no",
  },
  {
    id: "restored",
    claim: "A restored table has another name and creation time",
    restsOn: "DynamoDB's reference",
    ifWrong: "a restore is not noticed",
    howToSee: "the runbook's drill, [restore](runbook.md#restore)",
    trial: "no",
  },
  {
    id: "existing",
    claim:
      "CloudFormation keeps a table that leaves the stack when `existing` names another, and what a destroyed stack had",
    restsOn: "CloudFormation's reference on retained resources; the emulator, in the middle of an edition",
    ifWrong: "data would be gone; deletion protection still keeps table and pool",
    howToSee: "[guides/restore.md](guides/restore.md), as a drill",
    trial: "no",
  },
  {
    id: "inbound",
    claim:
      "A receipt rule's topic hands a mail's subject to the queue as SES's page on notifications has it, for a domain below a verified one",
    restsOn: "SES's reference; the template is tested",
    ifWrong: "mail doesn't unsubscribe; one click and the link do",
    howToSee: "a mail to the address of `inbound` with the subject of a test mail's header",
    trial: "no",
  },
] as const satisfies readonly Claim[];

export type ClaimId = (typeof claims)[number]["id"];

const looksAt: Record<Claim["trial"], string> = { run: "yes", person: "with you", no: "no" };

/** The table of docs/aws-unproven.md. */
export function table(): string {
  const rows = claims.map(
    ({ claim, restsOn, ifWrong, howToSee, trial }) =>
      `| ${[claim, restsOn, ifWrong, howToSee, looksAt[trial]].join(" | ")} |`,
  );
  return [
    "| claim | rests on | if it is wrong | how to see it | in the trial |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

export const page = "docs/aws-unproven.md";
const written = /^\| claim \|[\s\S]*?(?=\n\n)/m;

/** The table that the page has now. */
export const tableInPage = (): string => written.exec(readFileSync(page, "utf8"))?.[0] ?? "";

if (import.meta.main)
  writeFileSync(
    page,
    readFileSync(page, "utf8").replace(written, () => table()),
  );
