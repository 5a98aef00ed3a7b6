import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import * as contract from "#functions/desk-command/contract.ts";
import type { Deployment } from "../deployment.ts";
import { makeFunction } from "../function.ts";
import { allowTable } from "../table.ts";
import { allowEditorial, type EditorialNeeds, editorialActions, editorialEnvironment } from "./command.ts";

/** Every partition of docs/data.md without a reader's address, a session or a key. */
const partitions = [
  "SOURCES",
  "A#*",
  "AL#*",
  "E#*",
  "EDITIONS#*",
  "APPROVED",
  "ARCHIVE#*",
  "AUDIT#*",
  "COUNT#*",
  "DOUBLES",
  "META",
  "SEARCH#*",
  "SENDER",
  "SENDING",
  "TEST#*",
  "WARMUP#*",
  "WORTH#*",
];

/** desk-command: an editor's commands. Its policy reaches no subscriber, so nothing on the desk can show an address. */
export function makeDeskCommand(scope: Construct, deployment: Deployment, needs: EditorialNeeds): LambdaFunction {
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: editorialEnvironment(needs),
    readsCalendars: true,
  });
  allowTable(fn, needs.table, editorialActions, partitions);
  allowEditorial(fn, needs);
  return fn;
}
