import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe } from "vitest";
import { type Emulator, freePort, isSetUp, startEmulator } from "./emulator.ts";

const folder = new URL("../contracts/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));

/** What the adapters promise over dynalite, they keep over the emulator's DynamoDB too, whose code is another's. */
describe.skipIf(!isSetUp)("the adapters' contracts in the AWS emulator (npm run setup:e2e)", async () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator(await freePort());
    process.env.CONTRACTS_DYNAMODB = emulator.url;
  });
  afterAll(async () => {
    delete process.env.CONTRACTS_DYNAMODB;
    await emulator.stop();
  });

  for (const file of files) {
    describe(file, async () => {
      await import(new URL(file, folder).href);
    });
  }
});
