import { Hono } from "hono";
import { addEditing } from "./editing.ts";
import type { EditingPorts } from "./edition-showing.ts";
import { addNewsroom, type NewsroomPorts } from "./newsroom.ts";
import type { DeskEnv } from "./person.ts";
import { addSending } from "./sending.ts";
import { addStories } from "./stories.ts";

type DeskPorts = NewsroomPorts & EditingPorts;

/** The desk for someone who is signed in; paths stand without the desk's own, `/desk`. */
export function deskApp(ports: DeskPorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>({ strict: false });
  addNewsroom(app, ports);
  addSending(app, ports);
  addStories(app, ports);
  addEditing(app, ports);
  return app;
}
