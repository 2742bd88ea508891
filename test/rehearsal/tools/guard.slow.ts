import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const hasGo = process.platform === "linux" && spawnSync("go", ["version"]).status === 0;
const withGo = hasGo ? test : test.skip;
if (!hasGo) console.warn("no Go here: that nothing outlives a killed rehearsal is not tested");

const folder = mkdtempSync(join(tmpdir(), "guard-"));
const guard = join(folder, "guard");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A supervisor that starts a sleep of ten minutes and watches a folder, prints their pids, and waits. */
const supervisor = `
const { spawn } = require("node:child_process");
const [guard, folder] = process.argv.slice(1);
const child = spawn(guard, ["run", "-parent", String(process.pid), "--", "sleep", "600"], { detached: true, stdio: "ignore" });
const watch = spawn(guard, ["watch", folder], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
watch.stdin.write(child.pid + "\\n");
console.log(child.pid);
setInterval(() => {}, 1000);
`;

async function started(watched: string): Promise<{ command: ChildProcess; child: number }> {
  const command = spawn(process.execPath, ["-e", supervisor, guard, watched], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const child = await new Promise<number>((resolve) =>
    command.stdout?.once("data", (text) => resolve(Number(text))),
  );
  return { command, child };
}

/** Whether it is there and no zombie that nobody has collected. */
function runs(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)]);
  return /^[^Z]/.test(String(stdout).trim());
}

async function soon(check: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (check()) return true;
    await sleep(50);
  }
  return false;
}

describe("the guard", () => {
  beforeAll(() => {
    if (!hasGo) return;
    const env = {
      ...process.env,
      CGO_ENABLED: "0",
      GOFLAGS: "-trimpath -buildvcs=false",
      GOTOOLCHAIN: "local",
    };
    execFileSync("go", ["-C", "rehearsal/tools/guard", "build", "-o", guard, "."], { env });
  }, 120_000);

  withGo.each(["SIGKILL", "SIGTERM"] as const)(
    "leaves nothing behind a command that got %s",
    async (signal) => {
      const watched = mkdtempSync(join(folder, "watched-"));
      const { command, child } = await started(watched);
      expect([runs(child), existsSync(watched)]).toEqual([true, true]);
      command.kill(signal);
      expect(await soon(() => !runs(child))).toBe(true);
      expect(await soon(() => !existsSync(watched))).toBe(true);
    },
  );

  withGo("makes the certificates of a control plane", () => {
    const certs = mkdtempSync(join(folder, "certs-"));
    execFileSync(guard, ["certs", certs]);
    expect(readdirSync(certs).sort()).toEqual([
      "accounts.key",
      "accounts.pub",
      "ca.crt",
      "tls.crt",
      "tls.key",
    ]);
  });

  withGo("fails to start what nobody waits for any more", () => {
    const { status, stderr } = spawnSync(guard, ["run", "-parent", "1", "--", "sleep", "600"]);
    expect([status, String(stderr)]).toEqual([1, "guard: process 1 is gone\n"]);
  });
});
