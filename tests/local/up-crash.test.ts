import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { messages, newFolder, type Program, startProgram, startUp, until } from "./up-process.ts";

const folders: string[] = [];
const programs: Program[] = [];
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end("SIGKILL")));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const folder = () => {
  const made = newFolder();
  folders.push(made);
  return made;
};
const keep = <P extends Program>(program: P): P => {
  programs.push(program);
  return program;
};

const digest = `A first paragraph of the lead.\n\nA headline\nAnother headline\n`;
const readers = (count: number) => Array.from({ length: count }, (_, index) => `reader${index}@example.com`);

describe("a local system that is killed", { timeout: 150_000 }, () => {
  it("in the middle of a send goes on when it starts again, and mails no one twice", async () => {
    const data = folder();
    const slow = ["--empty", "--ses-rate", "100"];
    const first = keep(await startUp(data, slow));
    await first.door("subscriber add", { newsletter: "daily", addresses: readers(450) });
    await first.door("draft", { newsletter: "daily", text: digest });
    await first.door("send", { newsletter: "daily" });
    await until(
      "some messages",
      () => messages(first.ready),
      ({ length }) => length >= 100,
    );
    await first.end("SIGKILL");
    const second = keep(await startUp(data, slow));
    expect((await messages(second.ready)).length).toBeLessThan(450);
    const { edition } = await until(
      "all but what was on its way to SES",
      () => second.door("show", { newsletter: "daily" }),
      ({ edition }) => edition.counts.accepted >= 450 - 2 * 50,
      90_000,
    );
    const sent = await messages(second.ready);
    expect(new Set(sent.map(({ to }) => to)).size).toBe(sent.length);
    expect(sent.length).toBeGreaterThanOrEqual(edition.counts.accepted);
    expect(await second.end("SIGTERM")).toBe(0);
  });

  it("while SES is slow to answer says at its next start what is unknown, and what becomes of it", async () => {
    const data = folder();
    const first = keep(await startUp(data, ["--empty"]));
    await first.door("subscriber add", { newsletter: "daily", addresses: readers(3) });
    await first.door("draft", { newsletter: "daily", text: digest });
    const slow = [{ kind: "slow", ms: 15_000, times: 1 }];
    await fetch(`${first.ready.endpoints.sesv2}/_control/faults`, { method: "PUT", body: JSON.stringify(slow) });
    const { edition } = await first.door("send", { newsletter: "daily" });
    await until(
      "a call to SES",
      () => first.door("follow", { newsletter: "daily", date: edition.date }),
      ({ onTheirWay }) => onTheirWay === 3,
    );
    await first.end("SIGKILL");
    const second = keep(await startUp(data, ["--empty"]));
    expect(second.stderr()).toContain(`3 deliveries are unknown in the edition of daily for ${edition.date}: `);
    expect(second.stderr()).toContain(`edition calls daily --date ${edition.date} --data ${data}`);
    const log = readFileSync(join(data, "logs", "functions.log"), "utf8");
    expect(log).toContain("3 deliveries are unknown");
    expect(await second.end("SIGTERM")).toBe(0);
    const third = keep(await startUp(folder(), ["--empty"]));
    expect(third.stderr()).not.toContain("unknown");
  });

  it("in one of its parts goes on when that part is back", async () => {
    const data = folder();
    const part = (name: string, port: string) => {
      const program = keep(startProgram([`local/${name}/main.ts`, "--data", data, "--port", port]));
      return until(
        `${name} to listen`,
        async () => program.stdout() + program.stderr(),
        (said) => said !== "",
      ).then((said) => {
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (url === undefined) throw new Error(said);
        return { ...program, url };
      });
    };
    const [table, queues] = await Promise.all([part("data", "0"), part("queues", "0")]);
    const ses = await part("ses", "0");
    const host = await part("host", "0");
    const ask = (...args: string[]) => {
      const program = keep(startProgram(["cli/broadsheet.ts", ...args, "--data", data, "--json"]));
      return program.ended.then((code) => ({ code, said: program.stdout() + program.stderr() }));
    };
    const text = `${data}/digest.txt`;
    writeFileSync(text, digest);
    expect(await ask("subscriber", "add", "daily", "reader@example.com")).toMatchObject({ code: 0 });
    expect(await ask("edition", "draft", "daily", "--from", text)).toMatchObject({ code: 0 });
    for (const [name, program] of [
      ["data", table],
      ["queues", queues],
      ["ses", ses],
    ] as const) {
      await program.end("SIGKILL");
      expect((await part(name, "0")).url).toBe(program.url);
    }
    expect(await ask("edition", "send", "daily")).toMatchObject({ code: 0 });
    const inbox = await (await fetch(`${ses.url}/messages`)).json();
    expect(inbox).toHaveLength(1);
    expect(await host.end("SIGTERM")).toBe(0);
  });
});
