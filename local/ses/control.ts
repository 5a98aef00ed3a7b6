import * as z from "zod";
import { json, type Reply, type Request, readJson } from "./http.ts";
import type { Simulator } from "./simulator.ts";
import { Account } from "./state/account.ts";
import { Fault } from "./state/faults.ts";

/**
 * The control API for tests and trials, which SES doesn't have.
 *
 * - `GET|PUT|DELETE /_control/faults`: the faults to come. PUT replaces them all.
 * - `GET|PATCH /_control/account`: rate, quota, burstSeconds, plan, sandbox, sending, enforcement, verifyAll, region,
 *   id.
 * - `PUT|DELETE /_control/identities/NAME`: verifies an identity, `{"verified":false}` takes it back.
 * - `GET|DELETE /_control/calls`: the log of calls; `GET /_control/summary`: counted, with the peak of any second.
 * - `GET /_control/events`: how many events were handed on, lost, given up, and are waiting.
 */
export function answerControl(ses: Simulator, request: Request): Reply {
  const [what = "", name] = request.path.slice("/_control/".length).split("/").map(decodeURIComponent);
  const method = request.method;
  if (what === "faults") return faults(ses, request);
  if (what === "account" && method === "GET") return json(200, ses.account);
  if (what === "account" && (method === "PATCH" || method === "PUT")) return changeAccount(ses, request);
  if (what === "identities" && name !== undefined && method !== "GET") return identity(ses, name, request);
  if (what === "calls" && method === "GET") return json(200, ses.calls.all());
  if (what === "calls" && method === "DELETE") {
    ses.calls.clear();
    return json(200, []);
  }
  if (what === "summary" && method === "GET") return json(200, ses.calls.summary());
  if (what === "events" && method === "GET") return json(200, ses.courier.counts());
  return json(404, { message: `No such control: ${method} ${request.path}. See local/ses/control.ts for the list.` });
}

function faults(ses: Simulator, request: Request): Reply {
  if (request.method === "DELETE") ses.faults.set([]);
  else if (request.method !== "GET") {
    const parsed = z.array(Fault).safeParse(readJson(request.body));
    if (!parsed.success) return invalid(parsed.error);
    ses.faults.set(parsed.data);
  }
  return json(200, ses.faults.list());
}

function changeAccount(ses: Simulator, request: Request): Reply {
  const parsed = Account.partial().safeParse(readJson(request.body));
  if (!parsed.success) return invalid(parsed.error);
  Object.assign(ses.account, parsed.data);
  return json(200, ses.account);
}

const Verified = z.strictObject({ verified: z.boolean().default(true) });

function identity(ses: Simulator, name: string, request: Request): Reply {
  const parsed = Verified.safeParse(readJson(request.body));
  if (!parsed.success) return invalid(parsed.error);
  ses.lists.change(({ identities }) => {
    if (request.method === "DELETE") delete identities[name.toLowerCase()];
    else identities[name.toLowerCase()] = parsed.data.verified;
  });
  return json(200, ses.lists.read().identities);
}

const invalid = (error: z.ZodError) => json(400, { message: z.prettifyError(error) });
