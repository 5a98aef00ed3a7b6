/** dynalite brings no types. Only what we use of it. */
declare module "dynalite" {
  import type { Server } from "node:http";

  type Options = {
    /** Folder of the LevelDB store; without it everything is in memory. */
    path?: string;
    /** Milliseconds a table stays in CREATING. */
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  };
  const dynalite: (options: Options) => Server;
  export = dynalite;
}
