/**
 * `npm run trial:aws -- --sender YOU@DOMAIN`: half an hour on a real AWS account, to see what only AWS can show. It
 * deploys a stack of its own, sends one edition to SES's mailbox simulator, writes a report and destroys the stack.
 * With AWS_ENDPOINT_URL set it runs against an emulator, as far as that goes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { conduct } from "./conduct.ts";
import { destroy } from "./deploy.ts";
import { readReceived } from "./received-mail.ts";
import { costOf, everyone } from "./settings.ts";

const usage = `Usage: npm run trial:aws -- --sender ADDRESS [options]

  --sender ADDRESS     the sender of the trial's edition; SES must have verified its domain
  --mailbox ADDRESS    also sends you a test mail, whose source shows how headers and links arrived
  --region REGION      where (default: your shell's)
  --limit DOLLARS      does not begin where it could cost more (default: 1)
  --minutes N          how long it waits for an edition and its events (default: 30)
  --report FILE        where to write the report (default: aws-trial.md)
  --keep               leaves the stack, for the steps that a person does
  --destroy            only destroys the stack of an earlier trial
  --received FILE --site URL   only checks the saved source of a received mail
  --yes                begins; without it, only what it would do is said

It makes the stack broadsheet-trial in the account of your credentials and deletes it again.`;

const { values } = parseArgs({
  options: {
    sender: { type: "string" },
    mailbox: { type: "string" },
    region: { type: "string" },
    limit: { type: "string", default: "1" },
    minutes: { type: "string", default: "30" },
    report: { type: "string", default: "aws-trial.md" },
    received: { type: "string" },
    site: { type: "string" },
    keep: { type: "boolean", default: false },
    destroy: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const isEmulator = process.env.AWS_ENDPOINT_URL !== undefined;
const where = { sender: values.sender ?? "", region: values.region, emulator: isEmulator };

async function run(): Promise<number> {
  if (values.received !== undefined && values.site !== undefined) {
    const findings = readReceived(readFileSync(values.received, "utf8"), values.site);
    for (const { holds, what, claim } of findings) console.log(`${holds ? "seen   " : "REFUTED"}  ${claim}: ${what}`);
    return findings.every(({ holds }) => holds) ? 0 : 1;
  }
  if (values.help || values.sender === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  if (values.destroy) {
    await destroy(where);
    return 0;
  }
  const dollars = costOf(everyone.length + 1);
  const plan = `${everyone.length} mails to SES's mailbox simulator, at most $${dollars.toFixed(2)}, in ${isEmulator ? process.env.AWS_ENDPOINT_URL : "the AWS account of your credentials"}.`;
  if (dollars > Number(values.limit)) {
    console.error(`Not begun: it could cost $${dollars.toFixed(2)}, more than the limit of $${values.limit}.`);
    return 1;
  }
  console.log(plan);
  if (!values.yes) {
    console.log("Nothing was done. Give --yes to begin.");
    return 0;
  }
  const { report, isWhole } = await conduct({
    ...where,
    mailbox: values.mailbox,
    keep: values.keep,
    minutes: Number(values.minutes),
  });
  writeFileSync(values.report, `${report}\n`);
  console.log(`\n${report}\n\nWritten to ${values.report}.`);
  return isWhole ? 0 : 1;
}

process.exitCode = await run();
