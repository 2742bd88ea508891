import type { FakeBucket, Fault, Request } from "./support/fake-bucket";
import { allThree, environment, foundation, waiting } from "./support/stacks";
import { describeWithTerraform } from "./support/with-terraform";
import { Workbench } from "./support/workbench";

const isState = ({ object }: Request) => object.endsWith(".tfstate");

/** From the moment it is set until the end: writing a state is answered so. */
function failStateWrites(bucket: FakeBucket, fault: Fault): void {
  bucket.fault = (request) => (request.method === "POST" && isState(request) ? fault : undefined);
}

describeWithTerraform("the state bucket", () => {
  let bench: Workbench;
  afterEach(() => bench.close());

  test.each<[string, Fault, string]>([
    ["never answers", "hang", "did not answer within 2 s"],
    ["breaks every connection", "drop", "can't be reached"],
    ["is unavailable", 503, "injected (HTTP 503)"],
    ["is too busy", 429, "injected (HTTP 429)"],
    ["is forbidden", 403, "injected (HTTP 403)"],
  ])("%s: refused within the limit", async (_, fault, said) => {
    bench = await Workbench.open(environment);
    bench.bucket.fault = () => fault;
    const { code, stderr, seconds } = await bench.platform("deploy", "--yes", "--request-limit", "2");
    expect(code).toBe(4);
    expect(stderr).toContain(said);
    expect(seconds).toBeLessThan(6);
  });

  test("falls silent after the checks, so that terraform init hangs: stopped; the next run deploys", async () => {
    bench = await Workbench.open(foundation);
    let lists = 0;
    bench.bucket.fault = ({ object }) => (object === "" && lists++ > 0 ? "hang" : undefined);
    const silent = await bench.platform("deploy", "--yes", "--quiet-limit", "2");
    expect(silent.code).toBe(4);
    expect(silent.stdout).toContain("Terraform gave no sign of life for 2 s and was stopped");
    expect(silent.seconds).toBeLessThan(15);

    bench.bucket.fault = () => undefined;
    expect((await bench.platform("deploy", "--yes")).code).toBe(0);
  });

  test("answers every other request with 503 or 429: deployed all the same", async () => {
    bench = await Workbench.open(foundation);
    const seen = new Map<string, number>();
    bench.bucket.fault = ({ method, object }) => {
      const count = (seen.get(`${method} ${object}`) ?? 0) + 1;
      seen.set(`${method} ${object}`, count);
      return count % 2 === 0 ? undefined : count % 4 === 1 ? 503 : 429;
    };
    const { code, seconds } = await bench.platform("deploy", "--yes");
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(60);
    expect(bench.state("foundation")).toEqual(["terraform_data.network"]);
  });

  test("refuses the state once: it is written after all", async () => {
    bench = await Workbench.open(waiting(1));
    const run = bench.start("deploy", "--yes");
    await bench.terraformPid();
    let writes = 0;
    bench.bucket.fault = (request) =>
      request.method === "POST" && isState(request) && writes++ === 0 ? 503 : undefined;
    const { code, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(stderr).toContain("demo-foundation: applied; its state needed a second try");
    expect(bench.state("foundation")).toEqual(allThree);
    expect((await bench.platform("deploy", "--yes")).stdout).toBe("demo: nothing to do\n");
  });

  test("refuses the state for good: it is kept, and the next run writes it first", async () => {
    bench = await Workbench.open(waiting(1));
    const run = bench.start("deploy", "--yes");
    await bench.terraformPid();
    failStateWrites(bench.bucket, 503);
    // Asked to stop, it tries once and does not wait for the bucket.
    setTimeout(() => run.child.kill("SIGTERM"), 3_000);
    const refused = await run.ended;
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`keep ${bench.stackFolder("foundation")}/errored.tfstate`);
    expect(bench.state("foundation")).toEqual([]);

    bench.bucket.fault = () => undefined;
    const next = await bench.platform("deploy", "--yes");
    expect(next).toMatchObject({ code: 0, stdout: "demo: nothing to do\n" });
    expect(next.stderr).toContain("demo-foundation: its state is written");
    expect(bench.state("foundation")).toEqual(allThree);
  });

  test("falls silent while the state is written: ended within the limits, what may be unrecorded is named", async () => {
    bench = await Workbench.open(waiting(1));
    const run = bench.start(
      "deploy",
      "--yes",
      "--quiet-limit",
      "4",
      "--save-limit",
      "2",
      "--request-limit",
      "2",
    );
    await bench.terraformPid();
    failStateWrites(bench.bucket, "hang");
    const { code, stderr, seconds } = await run.ended;
    expect(code).toBe(1);
    expect(stderr).toContain("Terraform gave no sign of life for 4 s and was stopped");
    expect(stderr).toContain("should the next deploy say that something exists already");
    expect(seconds).toBeLessThan(20);

    bench.bucket.fault = () => undefined;
    const lock = String(bench.lock("foundation"));
    expect(stderr).toContain(`if it is gone for good: npm run platform -- deploy demo`);
    expect((await bench.platform("deploy", "--yes", "--unlock", lock)).code).toBe(0);
  });
});
