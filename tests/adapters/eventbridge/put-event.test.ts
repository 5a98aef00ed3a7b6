import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { expect, test, vi } from "vitest";
import { putEvent } from "#adapters/eventbridge/put-event.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

function bus(answer: object) {
  const client = new EventBridgeClient({ region: "us-east-1", credentials, endpoint: "http://127.0.0.1:9" });
  const inputs: unknown[] = [];
  vi.spyOn(client, "send").mockImplementation(async (command: { input: unknown }) => {
    inputs.push(command.input);
    return answer;
  });
  return { put: putEvent("broadsheet.test", client), inputs };
}

test("an event names its source, its type and its detail", async () => {
  const { put, inputs } = bus({ FailedEntryCount: 0, Entries: [{ EventId: "e" }] });
  await put("Edition finished", { date: "2026-11-23" });
  const Entry = { Source: "broadsheet.test", DetailType: "Edition finished", Detail: '{"date":"2026-11-23"}' };
  expect(inputs).toEqual([{ Entries: [Entry] }]);
});

test("an event that EventBridge refused is an error, though the call was answered with 200", async () => {
  const { put } = bus({ FailedEntryCount: 1, Entries: [{ ErrorCode: "ThrottlingException" }] });
  await expect(put("Edition finished", {})).rejects.toThrow("ThrottlingException");
});
