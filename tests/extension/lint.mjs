// Runs the linter of Firefox's store on a package and fails on any error or warning.
import { execFileSync } from "node:child_process";

const packages = process.argv.slice(2);
if (packages.length !== 1) {
  console.error("usage: lint.mjs PACKAGE.zip (exactly one)");
  process.exit(2);
}
let output;
try {
  output = execFileSync("node_modules/.bin/addons-linter", ["--output", "json", packages[0]], { encoding: "utf8", maxBuffer: 1 << 26 });
} catch (error) {
  // The linter leaves with 1 where it found errors; what it found stands on its output all the same.
  output = error.stdout;
}
const result = JSON.parse(output);
const found = [...result.errors, ...result.warnings];
for (const { _type, code, message, file, line } of found) {
  console.error(`${_type} ${code} ${file ?? ""}${line ? `:${line}` : ""} ${message}`);
}
console.log(`addons-linter: ${result.errors.length} errors, ${result.warnings.length} warnings, ${result.notices.length} notices`);
process.exit(found.length > 0 ? 1 : 0);
