import { Hono } from "hono";
import type { DeskEnv } from "./access/person.ts";
import { addEditing } from "./routes/editing.ts";
import type { EditingPorts } from "./routes/edition-showing.ts";
import { addNewsroom, type NewsroomPorts } from "./routes/newsroom.ts";
import { addSending } from "./routes/sending.ts";
import { addStories } from "./routes/stories.ts";

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
