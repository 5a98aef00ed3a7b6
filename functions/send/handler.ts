import type { Context, SQSEvent } from "aws-lambda";
import { refuseUnknownKicks } from "#usecases/delivery/send/refuse-kicks.ts";
import { type RunReport, send } from "#usecases/delivery/send/send.ts";
import { isKick, senderOf } from "./contract.ts";
import { open } from "./open.ts";

/** Claiming stops this many milliseconds before the timeout: the longest call takes 20 s, followed by its record. */
const DRAIN_MS = 26_000;

let opened: ReturnType<typeof open> | undefined;

export async function handler({ Records }: SQSEvent, context: Context): Promise<RunReport> {
  opened ??= open();
  const { ports, settings, openSes } = opened;
  const bodies = Records.map(({ body }) => body);
  if (!(await refuseUnknownKicks(ports, bodies, isKick))) return { end: "nothing to do", calls: 0, kicked: false };
  const { client, ...ses } = await openSes();
  const mustEnd = () => context.getRemainingTimeInMillis() < DRAIN_MS;
  return send({ ...ports, ...ses, mustEnd }, settings, senderOf(bodies)).finally(() => client.destroy());
}
