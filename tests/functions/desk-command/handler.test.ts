import { afterAll, beforeAll, expect, test } from "vitest";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { type Role, roles } from "#domain/desk/role.ts";
import { lowestRole } from "#functions/desk-command/contract.ts";
import { type LambdaSurroundings, nowhere, openSurroundings } from "../../testing/aws/lambda.ts";
import { approved, key } from "../../testing/delivery/delivery-system.ts";

/** The function that the desk invokes, whatever the desk's own code lets through. */
let opened: LambdaSurroundings;
beforeAll(async () => {
  const queues = ["KICKS", "KICKS_DEAD", "FEEDBACK", "FEEDBACK_DEAD", "CLOCK_DEAD", "REQUESTS"];
  opened = await openSurroundings({
    ...{ AWS_ENDPOINT_URL_LAMBDA: nowhere, AWS_ENDPOINT_URL_SESV2: nowhere, AWS_ENDPOINT_URL_SQS: nowhere },
    ...{ INGEST_FUNCTION: "ingest", ASSEMBLE_FUNCTION: "assemble", DISPATCH_FUNCTION: "dispatch" },
    ...{ PICTURES_FUNCTION: "", ALLOW_ORIGINS: "" },
    ...Object.fromEntries(queues.map((name) => [`${name}_QUEUE_URL`, `${nowhere}/${name}`])),
  });
  await dynamoEditions(opened.server.table).create({ ...approved(), state: "sending" });
});
afterAll(() => opened.close());

async function give(role: Role, command: { do: string }): Promise<unknown> {
  const { handler } = await import("#functions/desk-command/handler.ts");
  return handler({ person: { id: "pat", name: "Pat", role }, command });
}
const refused = { ok: false, fault: { code: "not-allowed" } };

test.each(Object.entries(lowestRole))("%s is refused to every role below %s", async (command, lowest) => {
  for (const role of roles.slice(0, roles.indexOf(lowest))) {
    expect(await give(role, { do: command })).toMatchObject(refused);
  }
});

test.each(["subscriber list", "subscriber add", "source key", "keys rotate", "desk sessions end", "toString", ""])(
  "%s can't be given from the desk by anyone",
  async (command) => {
    for (const role of roles) expect(await give(role, { do: command })).toMatchObject(refused);
  },
);

test("a command is in the name of the person who is signed in, whatever it says itself", async () => {
  const forged = { do: "pause", newsletter: "daily", date: key.date, by: "Somebody Else", byId: "else" };
  await give("approver", forged);
  expect(await dynamoEditions(opened.server.table).get(key)).toMatchObject({
    state: "paused",
    reason: "paused by Pat",
  });
});
