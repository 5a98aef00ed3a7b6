import type { Mutant } from "./mutant.ts";

/** Guards of SECURITY.md, taken away one at a time. */
export const threatMutants: readonly Mutant[] = [
  {
    mistake: "a feed that waits is parsed without a limit of time",
    file: "adapters/feed-parsing/worker-process.ts",
    find: "if (performance.now() - started > limits.wall) throw tooSlow(limits.wall);",
    replace: "",
    tests: ["tests/adapters/feed-parsing/pool.test.ts"],
  },
  {
    mistake: "a body of an unknown coding is inflated",
    file: "adapters/fetch/body.ts",
    find: 'if (coding !== "deflate") return body;',
    replace: 'if (coding === "identity") return body;',
    tests: ["tests/adapters/fetch/feed.test.ts", "tests/adapters/fetch/feed-limits.test.ts"],
  },
  {
    mistake: "a frame of zstd takes as much memory as it asks for",
    file: "adapters/fetch/body.ts",
    find: "[zlib.ZSTD_d_windowLogMax]: 23",
    replace: "[zlib.ZSTD_d_windowLogMax]: 31",
    tests: ["tests/adapters/fetch/feed-limits.test.ts"],
  },
  {
    mistake: "one-click comes before the link that it is for",
    file: "domain/delivery/calls/headers.ts",
    find: '  { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },\n];',
    replace:
      '].toReversed().concat({ name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" }).toReversed();',
    tests: ["tests/domain/delivery/calls/headers.test.ts"],
  },
  {
    mistake: "readers are tracked where the account's own setting says so",
    file: "infra/mail/mail.ts",
    find: "vdmOptions: { engagementMetrics: false },",
    replace: "",
    tests: ["tests/infra/mail/mail.test.ts"],
  },
  {
    mistake: "another user of the machine invokes functions",
    file: "local/host/authentication.ts",
    find: "return given.length === expected.length && timingSafeEqual(given, expected);",
    replace: "return given.length <= expected.length || timingSafeEqual(given, expected);",
    tests: ["tests/local/guard.test.ts"],
  },
  {
    mistake: "another user reads the data folder of an earlier version",
    file: "local/folder.ts",
    find: "chmodSync(path, 0o600);",
    replace: "chmodSync(path, 0o644);",
    tests: ["tests/local/guard.test.ts"],
  },
  {
    mistake: "a reader is brought back while SES still suppresses the address",
    file: "usecases/audience/restore.ts",
    find: "  await ports.unsuppress(reader.address);\n",
    replace: "",
    tests: ["tests/usecases/audience/restore.test.ts"],
  },
  {
    mistake: "another website frames the desk",
    file: "functions/desk/guards.ts",
    find: "  \"frame-ancestors 'none'\",\n",
    replace: "",
    tests: [
      "tests/functions/desk/handler.test.ts",
      "tests/functions/desk/sign-in.test.ts",
      "tests/functions/desk/guarded-app-strangers.test.ts",
    ],
  },
  {
    mistake: "no one hears of an attack",
    file: "infra/monitoring/alarm.ts",
    find: '"$.security", "=", "*"',
    replace: '"$.secured", "=", "*"',
    tests: ["tests/infra/monitoring/alarm.test.ts"],
  },
  {
    mistake: "a body that goes on after its compressed data ends the process",
    file: "adapters/fetch/body.ts",
    find: '  decoder.on("error", () => undefined);\n',
    replace: "",
    tests: ["tests/adapters/fetch/feed-limits.test.ts"],
  },
];
