import type { Context, MiddlewareHandler } from "hono";
import { counted, number } from "#domain/counted.ts";
import type { DeskEnv } from "./person.ts";

/** The body of a request that changes something. */
export type RequestBody = {
  /** A form's fields in order; empty for other bodies. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** A JSON body's value; undefined for other bodies. */
  readonly json: unknown;
};

const empty: RequestBody = { fields: [], json: undefined };

/** Bytes; ten times the longest edition in a form. */
const MOST_BYTES = 300_000;
const MOST_FIELDS = 100;

const formType = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
const jsonType = /^application\/json\b/i;

/** Why a body can't be used, and the status that says so. */
export type BadBody = { readonly status: 400 | 413; readonly message: string };

/** Reads a whole body, up to a limit. A body that can't be parsed gives a fault, never an exception. */
async function readBody(request: Request): Promise<RequestBody | BadBody> {
  const type = request.headers.get("content-type") ?? "";
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MOST_BYTES) {
    return {
      status: 413,
      message: `The request has ${counted(bytes.length, "byte")}; at most ${number(MOST_BYTES)} are accepted.`,
    };
  }
  try {
    if (jsonType.test(type)) return { fields: [], json: JSON.parse(new TextDecoder().decode(bytes)) };
    if (!formType.test(type)) return empty;
    const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
    const fields = [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
    if (fields.length <= MOST_FIELDS) return { fields, json: undefined };
    return { status: 413, message: `The form has more than ${MOST_FIELDS} fields.` };
  } catch {
    return { status: 400, message: "The request is malformed. Reload the page and try again." };
  }
}

/** A form's field; empty if it is missing. */
export const fieldOf = ({ fields }: RequestBody, name: string): string =>
  fields.find(([one]) => one === name)?.[1] ?? "";

type Refuse = (c: Context<DeskEnv>, bad: BadBody) => Response | Promise<Response>;

/** Puts the request's body into the context as `body`; `refuse` answers if it can't be used. */
export const withBody =
  (refuse: Refuse): MiddlewareHandler<DeskEnv> =>
  async (c, next) => {
    const read = ["GET", "HEAD"].includes(c.req.method) ? empty : await readBody(c.req.raw);
    if ("status" in read) return refuse(c, read);
    c.set("body", read);
    return next();
  };
