import { environment } from "./support/stacks";
import { describeWithTerraform } from "./support/with-terraform";
import { Workbench } from "./support/workbench";

const RUNS = 5;

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

describeWithTerraform("an unchanged environment", () => {
  let bench: Workbench;
  afterEach(() => bench.close());

  test("deploys in at most 3 s more than what Terraform itself takes", async () => {
    bench = await Workbench.open(environment);
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      bare.push(await secondsOf(bareTerraform));
      ours.push((await bench.platform("deploy", "--yes")).seconds);
    }
    const added = median(ours) - median(bare);
    console.log(`Terraform ${median(bare).toFixed(2)} s, platform deploy ${median(ours).toFixed(2)} s`);
    expect(added).toBeLessThan(3);
  });

  /** Init and plan of each stack, one after the other, as somebody would by hand. */
  async function bareTerraform(): Promise<void> {
    for (const role of Object.keys(environment)) {
      const folder = bench.stackFolder(role);
      for (const args of [
        ["init", "-input=false"],
        ["plan", "-input=false", "-detailed-exitcode"],
      ])
        await bench.terraform(folder, args);
    }
  }
});

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
