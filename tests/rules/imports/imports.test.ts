import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/**
 * The rules of docs/architecture.md are lint rules; here each is broken on purpose, in a scratch tree that has the
 * project's own biome.json, to see that it is noticed, and that what is allowed passes.
 */
const forbidden: [file: string, imported: string][] = [
  ["domain/edition/planted.ts", "#adapters/dynamo/table.ts"],
  ["domain/edition/planted-2.ts", "../../adapters/dynamo/table.ts"],
  ["domain/planted.ts", "node:fs"],
  ["domain/planted-2.ts", "@aws-sdk/client-sqs"],
  ["domain/planted-3.ts", "#templates/email/digest.ts"],
  ["templates/planted.ts", "#functions/send/contract.ts"],
  ["templates/planted-2.ts", "mjml"],
  ["templates/planted-3.ts", "../adapters/ses/bulk.ts"],
  ["domain/planted-4.ts", "#usecases/in-parallel.ts"],
  ["usecases/editions/planted.ts", "#adapters/dynamo/table.ts"],
  ["usecases/editions/planted-2.ts", "../../adapters/dynamo/table.ts"],
  ["usecases/editions/planted-3.ts", "#broadsheet.config.ts"],
  ["usecases/editions/planted-4.ts", "@aws-sdk/client-sqs"],
  ["usecases/editions/planted-5.ts", "#functions/send/handler.ts"],
  ["adapters/dynamo/planted.ts", "#usecases/delivery/send/send.ts"],
  ["adapters/dynamo/planted-2.ts", "#templates/email/digest.ts"],
  ["adapters/dynamo/planted-3.ts", "aws-cdk-lib"],
  ["adapters/dynamo/planted-4.ts", "#broadsheet.config.ts"],
  ["functions/send/planted.ts", "#adapters/ses/bulk.ts"],
  ["functions/send/planted-2.ts", "#functions/dispatch/handler.ts"],
  ["functions/send/planted-3.ts", "../dispatch/freeze.ts"],
  ["functions/send/planted-4.ts", "#broadsheet.config.ts"],
  ["functions/desk/views/planted.ts", "../../site/website.ts"],
  ["functions/desk/views/planted-2.ts", "../../../adapters/dynamo/table.ts"],
  ["functions/desk/browser/texts/planted.ts", "../../../send/open.ts"],
  ["functions/desk/office/sending/planted.ts", "../../../desk-command/access.ts"],
  ["functions/send/planted-5.ts", "@aws-sdk/client-sesv2"],
  ["functions/send/handler.ts", "#functions/dispatch/app.ts"],
  ["functions/watch/open.ts", "#adapters/memory/delivery/ledger.ts"],
  ["functions/watch/handler.ts", "#adapters/dynamo/delivery/ledger.ts"],
  ["functions/dispatch/handler.ts", "#broadsheet.config.ts"],
  ["functions/desk-command/handler.ts", "#adapters/dynamo/table.ts"],
  ["functions/site/handler.ts", "aws-cdk-lib"],
  ["infra/planted.ts", "#usecases/delivery/send/send.ts"],
  ["infra/planted-2.ts", "#adapters/dynamo/table.ts"],
  ["infra/planted-3.ts", "#domain/config.ts"],
  ["infra/constructs/planted.ts", "#adapters/dynamo/table.ts"],
  ["infra/constructs/planted-2.ts", "#broadsheet.config.ts"],
  ["infra/web/planted.ts", "../../usecases/delivery/send/send.ts"],
  ["cli/planted.ts", "#local/up.ts"],
  ["cli/planted-2.ts", "#usecases/editions/making/build.ts"],
  ["cli/planted-3.ts", "#adapters/dynamo/table.ts"],
  ["cli/planted-4.ts", "#functions/send/contract.ts"],
  ["cli/up.ts", "#adapters/dynamo/table.ts"],
  ["cli/sources/source-check.ts", "#adapters/dynamo/table.ts"],
  ["cli/editions/calendar.ts", "#adapters/dynamo/table.ts"],
  ["local/host/planted.ts", "#usecases/delivery/send/send.ts"],
  ["local/host/planted-2.ts", "#infra/stack.ts"],
  ["local/host/planted-3.ts", "#domain/config.ts"],
];

const allowed: [file: string, imported: string][] = [
  ["domain/fine.ts", "zod"],
  ["domain/edition/fine.ts", "../article/article.ts"],
  ["domain/edition/fine-2.ts", "node:crypto"],
  ["templates/fine.ts", "#domain/edition/edition.ts"],
  ["adapters/dynamo/fine.ts", "@aws-sdk/client-dynamodb"],
  ["adapters/dynamo/fine-2.ts", "#domain/article/article.ts"],
  ["usecases/delivery/fine.ts", "#templates/email/digest.ts"],
  ["usecases/delivery/fine-2.ts", "../editions/ports.ts"],
  ["adapters/dynamo/fine-3.ts", "#usecases/ports/ledger.ts"],
  ["functions/send/fine-2.ts", "#usecases/delivery/send/send.ts"],
  ["functions/send/fine.ts", "#functions/dispatch/contract.ts"],
  ["functions/desk/office/fine.ts", "../views/frame.ts"],
  ["functions/desk/office/sending/fine.ts", "../../parts/words.ts"],
  ["functions/desk/views/fine.ts", "#functions/push/contract.ts"],
  ["functions/dispatch/open.ts", "#broadsheet.config.ts"],
  ["functions/ingest/open.ts", "#adapters/dynamo/articles/articles.ts"],
  ["functions/requests/handler.ts", "#adapters/sqs/records.ts"],
  ["functions/desk-command/open.ts", "../command/open-editorial.ts"],
  ["infra/fine-3.ts", "#functions/index.ts"],
  ["cli/editions/rehearse.ts", "#usecases/editions/making/build.ts"],
  ["infra/fine.ts", "#functions/send/contract.ts"],
  ["infra/fine-2.ts", "aws-cdk-lib"],
  ["infra/fine-4.ts", "#domain/dns/records.ts"],
  ["infra/constructs/fine.ts", "#domain/config.ts"],
  ["infra/functions/fine.ts", "../monitoring/alarm.ts"],
  ["cli/fine.ts", "#functions/command/contract.ts"],
  ["cli/fine-2.ts", "#adapters/invoke/lambda.ts"],
  ["local/fine.ts", "#functions/send/handler.ts"],
];

const scratch = mkdtempSync(join(tmpdir(), "broadsheet-rules-"));
const noticed = new Set<string>();

beforeAll(() => {
  const config = JSON.parse(readFileSync("biome.json", "utf8"));
  writeFileSync(
    join(scratch, "biome.json"),
    JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }),
  );
  for (const [file, imported] of [...forbidden, ...allowed]) plant(file, imported);
  const run = spawnSync(
    "biome",
    ["lint", "--only=style/noRestrictedImports", "--reporter=json", "--max-diagnostics=none", "."],
    {
      cwd: scratch,
      encoding: "utf8",
    },
  );
  for (const { location } of JSON.parse(run.stdout).diagnostics) noticed.add(location.path.file ?? location.path);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("import rules", () => {
  it.each(forbidden)("%s may not import %s", (file) => expect([...noticed]).toContain(file));
  it.each(allowed)("%s may import %s", (file) => expect([...noticed]).not.toContain(file));
});

function plant(file: string, imported: string): void {
  const path = join(scratch, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { thing } from "${imported}";\nexport const it = thing;\n`);
  cpSync("tsconfig.json", join(scratch, "tsconfig.json"));
}
