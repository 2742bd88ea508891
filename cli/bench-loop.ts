// What `bench` times in a process of its own: node bench-loop.js construct|bare|environments COUNT, or queues TEAMS FLAVORS.
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { App, TerraformStack } from "cdktf";
import { queues as example } from "../examples/gpu-queues/queues";
import { DataBucket, bucketConfig, type DataBucketProps } from "../constructs/google/data-bucket";
import { buildApp } from "../src/app";
import { defineEnvironments } from "../src/environment/define";
import type { EnvironmentConfig } from "../src/environment/schema";
import { withoutStackTraces } from "../src/without-stack-traces";

const bucket = (index: number): DataBucketProps => ({
  name: `bench-bucket-${index}`,
  project: "bench-project",
  location: "us-central1",
  labels: { purpose: "bench" },
});

function buckets(count: number, add: (stack: TerraformStack, index: number) => void): App {
  const app = new App();
  const stack = new TerraformStack(app, "bench");
  new GoogleProvider(stack, "google");
  for (let index = 0; index < count; index++) add(stack, index);
  return app;
}

type Queues = EnvironmentConfig["queues"];

/** Ways to get a GPU, for benchmarks: what an environment may hold beside each other. */
const flavors: Queues["flavors"] = {
  l4: { gpu: "l4", provisioning: "on-demand" },
  "l4-spot": { gpu: "l4", provisioning: "spot" },
  "h100-flex": { gpu: "h100-80gb", provisioning: "flex-start" },
  "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued" },
  h100: { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "on-demand" },
  t4: { gpu: "t4", provisioning: "on-demand" },
  "t4-spot": { gpu: "t4", provisioning: "spot" },
  "l4-flex": { gpu: "l4", provisioning: "flex-start" },
  "a100-dws": { gpu: "a100-80gb", provisioning: "queued" },
  "l4-ladder": { gpu: "l4", provisioning: "ladder", ladder: ["on-demand", "spot"] },
};

/** Teams of one project each, every one with quota of every flavor. */
function queuesOf(teamCount: number, flavorCount: number): Queues {
  const some = Object.fromEntries(Object.entries(flavors ?? {}).slice(0, flavorCount));
  const gpus = Object.fromEntries(Object.keys(some).map((name) => [name, 8]));
  const teams = Array.from({ length: teamCount }, (_, i) => [
    `team${i}`,
    { projects: [`project${i}`], cpu: 100, memoryGib: 400, gpus },
  ]);
  return { flavors: some, teams: Object.fromEntries(teams) };
}

const programs: Record<string, (...counts: number[]) => App> = {
  construct: (count = 0) => buckets(count, (stack, i) => new DataBucket(stack, `bucket-${i}`, bucket(i))),
  bare: (count = 0) =>
    buckets(count, (stack, i) => new StorageBucket(stack, `bucket-${i}`, bucketConfig(bucket(i)))),
  queues: (teams = 0, flavorCount = 0) =>
    buildApp(defineEnvironments([{ ...example, queues: queuesOf(teams, flavorCount) }]).environments),
  environments: (count = 0) => {
    if (count === 0) return new App();
    const configs = Array.from({ length: count }, (_, i) => ({
      ...example,
      name: `env${i}`,
      // Two in one project are an error.
      project: `${example.project}-${i}`,
      state: { bucket: example.state.bucket },
    }));
    return buildApp(defineEnvironments(configs).environments);
  },
};

const [kind = "", ...counts] = process.argv.slice(1);
const program = programs[kind];
if (!program) throw new Error(`unknown program "${kind}"; one of ${Object.keys(programs).join(", ")}`);
withoutStackTraces(() => program(...counts.map(Number)).synth());
