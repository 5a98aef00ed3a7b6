// Deliberately plain JavaScript, so a Node that can't read TypeScript can still give this message.
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  console.error(
    `Broadsheet needs Node 24 or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      "On Linux, `npm ci` installs Node 24 and `npx --no-install broadsheet` uses it; elsewhere install it from https://nodejs.org.",
  );
  process.exit(1);
}
