// What `bench` times in a process of its own: node bench-loop.js construct|bare|environments COUNT.
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { App, TerraformStack } from "cdktf";
import { DataBucket, bucketConfig, type DataBucketProps } from "../constructs/google/data-bucket";
import { buildApp } from "../src/app";
import { defineEnvironments } from "../src/environment/define";
import { prod } from "../src/environments/prod";

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

const programs: Record<string, (count: number) => App> = {
  construct: (count) => buckets(count, (stack, i) => new DataBucket(stack, `bucket-${i}`, bucket(i))),
  bare: (count) =>
    buckets(count, (stack, i) => new StorageBucket(stack, `bucket-${i}`, bucketConfig(bucket(i)))),
  environments: (count) => {
    const configs = Array.from({ length: count }, (_, i) => ({
      ...prod,
      name: `env${i}`,
      state: { bucket: prod.state.bucket },
    }));
    return buildApp(defineEnvironments(configs).environments);
  },
};

const [kind = "", count = ""] = process.argv.slice(1);
const program = programs[kind];
if (!program) throw new Error(`unknown program "${kind}"; one of ${Object.keys(programs).join(", ")}`);
program(Number(count)).synth();
