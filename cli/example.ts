// Synthesises one example into its own folder and prints what it holds: `npm run example -- minimal`.
import { readdirSync } from "node:fs";
import { execute } from "./support/process";

async function run(name: string | undefined): Promise<number> {
  const examples = readdirSync("dist/examples").sort();
  if (!name || !examples.includes(name)) {
    console.error(
      `example must be one of ${examples.map((each) => `"${each}"`).join(", ")}, got "${name ?? ""}"`,
    );
    return 1;
  }
  for (const program of [`dist/examples/${name}/main.js`, "dist/cli/summary.js"]) {
    const { code, stdout, stderr } = await execute(process.execPath, [program], {
      CDKTF_OUTDIR: `examples/${name}/cdktf.out`,
    });
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    if (code !== 0) return 1;
  }
  return 0;
}

void run(process.argv[2]).then((code) => (process.exitCode = code));
