// npm runs it before `npm pack`: a checkout isn't what other apps install.
console.error(
  "This folder is a checkout, whose TypeScript Node doesn't run inside node_modules. `npm run pack` makes the package " +
    "that other CDK apps install (docs/guides/constructs.md).",
);
process.exitCode = 1;
