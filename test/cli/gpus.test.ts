import { environments } from "../../src/environments";
import { gpus } from "../../constructs/kueue/gpus";

test("`npm run gpus` prints a line for each shape of each GPU, and what its marks mean", () => {
  const lines: string[] = [];
  const log = jest.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a program: it prints when it is loaded
  require("../../cli/gpus");
  log.mockRestore();

  const shapes = Object.entries(gpus).flatMap(([key, { nodes }]) => nodes.map(() => key));
  const notes = lines.findIndex((line) => line.includes('"?": not confirmed'));
  expect(lines[0]).toMatch(
    /^gpu +gpusPerNode +machine +vCPU\/GiB +largest pod +on-demand +spot +flex-start +queued +reservation/,
  );
  expect(lines.slice(1, notes).map((line) => line.split(" ")[0])).toEqual(shapes);
  expect(lines.find((line) => line.startsWith("h100-80gb") && line.includes("a3-highgpu-1g"))).toMatch(
    /^h100-80gb +1 +a3-highgpu-1g +26\/234 +- +yes +yes +yes +- +GPUAccelerator\("nvidia-h100-80gb"\) +1\.31/,
  );
  const offered = lines.slice(notes + 1);
  const queued = environments.filter(({ queues }) => Object.keys(queues?.flavors ?? {}).length > 0);
  expect(offered.filter((line) => line.startsWith('\nIn "')).map((line) => line.split('"')[1])).toEqual(
    queued.map(({ name }) => name),
  );
  for (const { queues } of queued)
    for (const [flavor, { gpusPerNode, provisioning }] of Object.entries(queues?.flavors ?? {}))
      if (provisioning === "queued")
        expect(offered).toContainEqual(
          expect.stringMatching(new RegExp(`^${flavor} +${gpusPerNode} +\\d+/\\d+ `)),
        );
});
