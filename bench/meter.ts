import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { openTable } from "#adapters/dynamo/table.ts";
import { localAws } from "#local/aws.ts";

const Consumed = z.object({ CapacityUnits: z.number() });
const Answer = z.object({ ConsumedCapacity: z.union([Consumed, z.array(Consumed)]).optional() });
const isWrite = (command: string) => /^(Put|Update|Delete|BatchWrite)/.test(command);

/** What a table consumed, in DynamoDB's units. */
export type Units = { writes: number; reads: number };

/** A table whose client counts what each request consumed. */
export function openMeter(endpoint: string) {
  const client = new DynamoDBClient({ ...localAws, endpoint });
  let units = { writes: 0, reads: 0 };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: "TOTAL" });
      const result = await next(args);
      const { ConsumedCapacity: consumed } = Answer.parse(result.output);
      const all = consumed === undefined ? [] : [consumed].flat();
      const sum = all.reduce((total, { CapacityUnits }) => total + CapacityUnits, 0);
      if (isWrite(context.commandName ?? "")) units.writes += sum;
      else units.reads += sum;
      return result;
    },
    { step: "initialize" },
  );
  return {
    table: openTable("broadsheet", client),
    reset() {
      const before = units;
      units = { writes: 0, reads: 0 };
      return before;
    },
    close: () => client.destroy(),
  };
}
