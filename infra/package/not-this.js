// npm runs this before `npm pack` in a checkout, which isn't the package for other apps.
console.error(
  "This folder is a checkout, whose TypeScript Node doesn't run inside node_modules. `npm run pack` makes the package " +
    "that other CDK apps install (docs/guides/constructs.md).",
);
process.exitCode = 1;
