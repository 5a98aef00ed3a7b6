import { request } from "node:http";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { config } from "#broadsheet.config.ts";
import type { Shell } from "./deployment.ts";

/** Starts an edition that is due, as watch does: without waiting for it. */
export async function startDue(shell: Shell, newsletter: string, date: string, dueAt: string): Promise<void> {
  const event = { do: "scheduled", newsletter, date, scheduledFor: dueAt, step: "due" };
  const client = new LambdaClient({ endpoint: shell.AWS_ENDPOINT_URL, region: shell.AWS_REGION });
  await client.send(
    new InvokeCommand({
      FunctionName: `${config.name}-assemble`,
      InvocationType: "Event",
      Payload: JSON.stringify(event),
    }),
  );
}

/** Asks the deployed site. Its name does not resolve on this machine: the connection goes to the emulator itself. */
export function visit(
  site: string,
  method: string,
  path: string,
  form = "",
  more: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: string }> {
  const { host, port } = new URL(site);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: "127.0.0.1",
        port,
        method,
        path,
        headers: { host, ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}), ...more },
      },
      async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk);
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
      },
    );
    outgoing.once("error", reject);
    outgoing.end(form);
  });
}
