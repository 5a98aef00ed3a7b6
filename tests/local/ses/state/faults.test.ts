import { GetAccountCommand } from "@aws-sdk/client-sesv2";
import { afterEach, describe, expect, it } from "vitest";
import { bulk, entryTo, readers, refusal, startTrial } from "../../ses-client.ts";

let trial: Awaited<ReturnType<typeof startTrial>>;
afterEach(() => trial.stop());

const delivered = async () => (await trial.mails()).length;

describe("a fault on request", () => {
  it.each([
    [{ kind: "throttle" }, { name: "TooManyRequestsException", status: 429 }, 0],
    [{ kind: "throttle", limit: "quota" }, { message: "Daily message quota exceeded." }, 0],
    [{ kind: "5xx", status: 503 }, { status: 503 }, 0],
    [{ kind: "5xx", accepted: true }, { status: 500 }, 2],
    [{ kind: "error", type: "AccountSuspendedException" }, { name: "AccountSuspendedException", status: 400 }, 0],
    [{ kind: "drop-before" }, { status: undefined }, 0],
    [{ kind: "drop-after" }, { status: undefined }, 2],
    [{ kind: "garbage" }, {}, 2],
  ])("%o is answered so, and delivers what SES would have", async (fault, answer, mails) => {
    trial = await startTrial();
    await trial.faults(fault);
    expect(await refusal(trial.client.send(bulk(readers(2))))).toMatchObject(answer);
    expect(await delivered()).toBe(mails);
    await trial.client.send(bulk(readers(2)));
    expect(await delivered()).toBe(mails + 2);
  });

  it("strikes after the given number of calls, as often and where requested", async () => {
    trial = await startTrial();
    await trial.faults(
      { kind: "throttle", after: 1, times: 2 },
      { kind: "drop-before", to: "b@example.org", times: null },
    );
    const send = (address: string) =>
      trial.client.send(bulk([entryTo(address)])).then(
        () => "sent",
        ({ name }: Error) => name,
      );
    const answers = [];
    for (const address of ["a", "a", "b", "a", "b"]) answers.push(await send(`${address}@example.org`));
    expect(answers.map((name) => (["sent", "TooManyRequestsException"].includes(name) ? name : "dropped"))).toEqual([
      "sent",
      "TooManyRequestsException",
      "dropped",
      "sent",
      "dropped",
    ]);
    expect(await trial.ask("GET", "/_control/faults")).toMatchObject([{ kind: "drop-before", times: null }]);
  });

  it("fails some entries of a call and delivers the others", async () => {
    trial = await startTrial();
    await trial.faults({ kind: "partial", positions: [0, 2], status: "ACCOUNT_THROTTLED" });
    const { BulkEmailEntryResults: results } = await trial.client.send(bulk(readers(4)));
    expect(results?.map(({ Status }) => Status)).toEqual([
      "ACCOUNT_THROTTLED",
      "SUCCESS",
      "ACCOUNT_THROTTLED",
      "SUCCESS",
    ]);
    expect((await trial.mails()).map(({ to }) => to).sort()).toEqual(["reader1@example.org", "reader3@example.org"]);
    expect((await trial.client.send(new GetAccountCommand({}))).SendQuota?.SentLast24Hours).toBe(2);
  });

  it("answers out of order, and one too few", async () => {
    trial = await startTrial();
    await trial.faults({ kind: "shuffle" }, { kind: "short", after: 1 });
    const shuffled = await trial.client.send(bulk(readers(3)));
    const last = await trial.mail(shuffled.BulkEmailEntryResults?.[0]?.MessageId);
    expect(last.to).toBe("reader2@example.org");
    expect((await trial.client.send(bulk(readers(3)))).BulkEmailEntryResults).toHaveLength(2);
    expect(await delivered()).toBe(6);
  });

  it("is slow before or after it accepts", async () => {
    trial = await startTrial();
    await trial.faults({ kind: "slow", ms: 400 });
    const started = performance.now();
    const call = trial.client.send(bulk(readers(1)));
    await expect.poll(delivered).toBe(1);
    await call;
    expect(performance.now() - started).toBeGreaterThan(390);
    await trial.faults({ kind: "slow", ms: 300, accepted: "last" });
    const gone = new AbortController();
    setTimeout(() => gone.abort(), 100);
    await refusal(trial.client.send(bulk(readers(1)), { abortSignal: gone.signal }));
    expect(await delivered()).toBe(1);
    await expect.poll(delivered).toBe(2);
  });

  it("strikes by chance where it has a share", async () => {
    const chances = [0.1, 0.6, 0.4, 0.9];
    trial = await startTrial({ random: () => chances.shift() ?? 1 });
    await trial.faults({ kind: "drop-after", share: 0.5, times: null });
    const answers = [];
    for (let call = 0; call < 4; call++) {
      answers.push(
        await trial.client.send(bulk(readers(1))).then(
          () => "answered",
          () => "dropped",
        ),
      );
    }
    expect(answers).toEqual(["dropped", "answered", "dropped", "answered"]);
  });

  it("is refused when it is not one", async () => {
    trial = await startTrial();
    await expect(trial.faults({ kind: "gremlin" })).rejects.toThrow(/400.*kind/s);
  });
});

describe("the log of calls", () => {
  it("counts calls, recipients and the busiest second, and names no reader", async () => {
    trial = await startTrial();
    await trial.faults({ kind: "drop-after", after: 1 });
    await trial.client.send(bulk(readers(5)));
    await refusal(trial.client.send(bulk(readers(3))));
    await refusal(trial.client.send(bulk(readers(51))));
    const calls = await trial.ask("GET", "/_control/calls");
    expect(calls).toMatchObject([
      { operation: "SendBulkEmail", recipients: 5, accepted: 5, status: 200, error: null, faults: [] },
      { recipients: 3, accepted: 3, status: 0, faults: ["drop-after"] },
      { recipients: 0, accepted: 0, status: 400, error: "BadRequestException" },
    ]);
    expect(JSON.stringify(calls)).not.toContain("@");
    expect(await trial.ask("GET", "/_control/summary")).toMatchObject({
      calls: 2,
      recipients: 8,
      accepted: 8,
      peak: 8,
    });
    await trial.ask("DELETE", "/_control/calls");
    expect(await trial.ask("GET", "/_control/calls")).toEqual([]);
  });

  it("refuses to be changed by another site's page", async () => {
    trial = await startTrial();
    const headers = { origin: "https://evil.example" };
    const answer = await fetch(`${trial.url}/messages`, { method: "DELETE", headers });
    expect(answer.status).toBe(403);
  });
});
