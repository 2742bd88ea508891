import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../../src/environment/define";
import { execute } from "../../support/process";
import type { Context } from "../context";
import { UserError } from "../exit";
import type { Standing } from "./buckets";

const PROGRAM = "dist/cli/bootstrap-synth.js";

/** The program and its arguments. `local`: file of a local state. */
export function bootstrapSynthesis(environment: Environment, makes: Standing["makes"], local = ""): string[] {
  const list = [makes.stateBucket && "state-bucket", makes.accessLogBucket && "access-log-bucket"].filter(
    Boolean,
  );
  return [PROGRAM, JSON.stringify(environment), list.join(",") || "nothing", local];
}

/** Writes the bootstrap stack below the output folder, which a fresh clone does not have. `local`: file of a local state. */
export async function synthesise(
  { root, outdir, environment }: Pick<Context, "root" | "outdir" | "environment">,
  makes: Standing["makes"],
  local = "",
): Promise<void> {
  const [program = "", ...args] = bootstrapSynthesis(environment(), makes, local);
  const folder = join(outdir, "bootstrap");
  // CDKTF makes the last folder of a path, and no more.
  mkdirSync(folder, { recursive: true });
  const { code, stderr } = await execute(process.execPath, [join(root, program), ...args], {
    CDKTF_OUTDIR: folder,
  });
  if (code !== 0) throw new UserError(`${PROGRAM} did not synthesise:\n${stderr.trim()}`);
}
