import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimPart, openFolder, rememberPart, signingKeys } from "#local/folder.ts";
import { parsePort, portOf, portsToTry } from "#local/ports.ts";

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "broadsheet-folder-"));
});
afterEach(() => rmSync(path, { recursive: true }));

describe("the data folder", () => {
  it("is refused in words when another version wrote it", () => {
    openFolder(path);
    writeFileSync(join(path, "system.json"), '{"v":2}');
    expect(() => openFolder(path)).toThrow(/layout 2.*--data/s);
    writeFileSync(join(path, "system.json"), "not JSON");
    expect(() => openFolder(path)).toThrow(/--data/);
  });

  it("is refused in words where a file is in its place", () => {
    writeFileSync(join(path, "file"), "");
    for (const taken of ["file", "file/below"])
      expect(() => openFolder(join(path, taken))).toThrow(/is a file.*--data/);
  });

  it("is one system's at a time", () => {
    const folder = openFolder(path);
    const release = claimPart(folder, "host");
    expect(() => claimPart(folder, "host")).toThrow(new RegExp(`already runs on ${path}.*${process.pid}`));
    release();
    claimPart(folder, "host")();
  });

  it("is free again when its process was killed, even if the number was given to another", async () => {
    const folder = openFolder(path);
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    const lock = join(path, "locks", "host.lock");
    writeFileSync(lock, JSON.stringify({ pid: child.pid, started: "another start" }));
    claimPart(folder, "host")();
    child.kill("SIGKILL");
    await once(child, "exit");
    writeFileSync(lock, JSON.stringify({ pid: child.pid, started: "" }));
    claimPart(folder, "host")();
    writeFileSync(lock, "half a li");
    claimPart(folder, "host")();
  });

  it("keeps its keys, readable by their owner alone", () => {
    const folder = openFolder(path);
    const keys = signingKeys(folder).read();
    expect(signingKeys(folder).read()).toBe(keys);
    expect(statSync(join(path, "keys.json")).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(path, "keys.json"), "utf8")).id).toBe("k1");
  });
});

describe("ports", () => {
  it("follow the host's", () => {
    expect([portOf("host", 4400), portOf("data", 4400), portOf("queues", 4400), portOf("ses", 4400)]).toEqual([
      4400, 4401, 4402, 4403,
    ]);
    expect(portOf("ses", 0)).toBe(0);
  });

  it("are those of last time where any will do", () => {
    const folder = openFolder(path);
    expect(portsToTry(folder, "host", 0)).toEqual([0]);
    rememberPart(folder, "host", "http://127.0.0.1:41234");
    expect(portsToTry(folder, "host", 0)).toEqual([41234, 0]);
    expect(portsToTry(folder, "host", 4400)).toEqual([4400]);
  });

  it("are numbers", () => {
    expect(parsePort("0")).toBe(0);
    for (const bad of ["", "-1", "x", "65535", "1.5"]) expect(() => parsePort(bad)).toThrow(/--port/);
  });
});
