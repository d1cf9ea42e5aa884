// Writes package-lock.json anew, with hashes only: no registry's address and no link for donations.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const { npm_node_execpath: node, npm_execpath: npm } = process.env;
execFileSync(node, [npm, "install", "--package-lock-only", "--omit-lockfile-registry-resolved"], { stdio: "inherit" });

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
Object.values(lock.packages).forEach((entry) => delete entry.funding);
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
