import { request } from "node:http";
import * as z from "zod";
import { config } from "#broadsheet.config.ts";
import type { Shell } from "./deployment.ts";

/** A call of an AWS API that the project has no client for. The emulator reads the service from the header. */
async function call(shell: Shell, service: string, path: string, init: RequestInit): Promise<unknown> {
  const scope = `${shell.AWS_ACCESS_KEY_ID}/20260101/${shell.AWS_REGION}/${service}/aws4_request`;
  const answer = await fetch(`${shell.AWS_ENDPOINT_URL}${path}`, {
    ...init,
    headers: {
      ...init.headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service} answered ${answer.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

const Schedule = z.looseObject({ Target: z.looseObject({ Input: z.string() }), FlexibleTimeWindow: z.looseObject({}) });

/** Lets a newsletter's schedule, as it was deployed, come due once at `local`, wall-clock time in `zone`. */
export async function comeDueAt(shell: Shell, newsletter: string, local: string, zone: string): Promise<void> {
  const path = `/schedules/${config.name}-newsletter-${newsletter}`;
  const { Target, FlexibleTimeWindow } = Schedule.parse(await call(shell, "scheduler", path, {}));
  await call(shell, "scheduler", path, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      Target,
      FlexibleTimeWindow,
      ScheduleExpression: `at(${local})`,
      ScheduleExpressionTimezone: zone,
    }),
  });
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
    const asked = request(
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
    asked.once("error", reject);
    asked.end(form);
  });
}
