import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Context } from "../context";
import { Exit } from "../exit";
import type { Stack } from "../workspace";
import { type Finding, found, refused } from "./finding";

const execute = promisify(execFile);

/** Terraform is there, and new enough for every stack. */
export async function checkTerraform(context: Context, stacks: readonly Stack[]): Promise<Finding> {
  const needed = stacks.map(({ terraformVersion }) => terraformVersion ?? "0").reduce(newer, "0");
  const install = `install Terraform ${needed} or later: developer.hashicorp.com/terraform/install`;
  try {
    const { stdout } = await execute("terraform", ["version", "-json"], {
      env: { ...context.env, CHECKPOINT_DISABLE: "1" },
      timeout: context.limits.request,
    });
    const { terraform_version: version } = JSON.parse(stdout) as { terraform_version: string };
    if (newer(version, needed) === version) return found("terraform", version);
    return refused("terraform", `${version} is too old`, install, Exit.toolMissing);
  } catch (error) {
    const { code, killed } = error as { code?: string; killed?: boolean };
    const limit = context.limits.request / 1000;
    const text = killed
      ? `gave no version within ${limit} s`
      : code === "ENOENT"
        ? "is not on the PATH"
        : "can't be run";
    return refused("terraform", text, install, Exit.toolMissing);
  }
}

/** The newer of two versions; the first when they are the same. */
export function newer(a: string, b: string): string {
  const parts = (version: string) => version.split(/[.-]/).map(Number);
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference > 0 ? a : b;
  }
  return a;
}
