import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import * as contract from "#functions/desk-command/contract.ts";
import type { Deployment } from "../deployment.ts";
import { makeFunction } from "../function.ts";
import { allowTable } from "../table.ts";
import { allowEditorial, type EditorialNeeds, editorialActions, editorialEnvironment } from "./command.ts";

/** All partitions of docs/data.md without readers' addresses, sessions or keys. */
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

/** desk-command: editors' commands. Its policy allows no access to subscribers, so the desk can't show an address. */
export function makeDeskCommand(scope: Construct, deployment: Deployment, needs: EditorialNeeds): LambdaFunction {
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: editorialEnvironment(needs),
    readsCalendars: true,
    fetches: true,
  });
  allowTable(fn, needs.table, editorialActions, partitions);
  allowEditorial(fn, needs);
  return fn;
}
