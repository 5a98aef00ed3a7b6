import { type Context, Hono } from "hono";
import { html } from "#templates/html.ts";
import type { Ask } from "./ask.ts";
import { base } from "./contract.ts";
import type { DeskEnv } from "./person.ts";
import { deskPage } from "./views/frame.ts";

export type DeskPorts = {
  newsletters: readonly { name: string; title: string }[];
  /** Gives commands in the name of whoever sits there. */
  ask: Ask;
};

/** The desk for someone who is signed in; paths stand without the desk's own, `/desk`. */
export function deskApp(ports: DeskPorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>({ strict: false });
  app.get("/", (c) => c.html(home(ports, c)));
  return app;
}

function home({ newsletters }: DeskPorts, c: Context<DeskEnv>): string {
  return deskPage({
    title: "Newsletters",
    person: c.var.person,
    token: c.var.token,
    body: html`<h1>Newsletters</h1>
<ul>${newsletters.map(({ name, title }) => html`<li><a href="${base}/${name}">${title}</a></li>`)}</ul>`,
  });
}
