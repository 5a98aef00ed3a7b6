import type { Context } from "hono";
import type { Fault } from "#domain/outcome.ts";
import type { DeskEnv } from "../access/person.ts";
import { base } from "../contract.ts";
import { noticePage } from "../views/notice.ts";
import { statusOf } from "./status.ts";

export const missingPage = (c: Context<DeskEnv>, text: string, title = "Page not found") =>
  c.html(noticePage({ title, text, next: { href: base, label: "Go to the desk" }, ...c.var }), 404);

export const noSuchEdition = "No such newsletter, or not a valid date.";

export const faultPage = (c: Context<DeskEnv>, fault: Fault) =>
  c.html(noticePage({ title: "Something went wrong", text: fault.message, ...c.var }), statusOf(fault));

/** Whether the page's script made the request, which gets JSON, or a form, which gets a page. */
export const isScript = (c: Context<DeskEnv>) => c.req.header("x-desk-token") !== undefined;
