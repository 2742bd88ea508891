import { gpus } from "../../constructs/kueue/gpus";

test("`npm run gpus` prints a line for each shape of each GPU, and what its marks mean", () => {
  const lines: string[] = [];
  const log = jest.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a program: it prints when it is loaded
  require("../../cli/gpus");
  log.mockRestore();

  const shapes = Object.entries(gpus).flatMap(([key, { nodes }]) => nodes.map(() => key));
  expect(lines[0]).toMatch(
    /^gpu +gpusPerNode +machine +vCPU\/GiB +largest pod +on-demand +spot +flex-start +queued +reservation/,
  );
  expect(lines.slice(1, -1).map((line) => line.split(" ")[0])).toEqual(shapes);
  expect(lines.find((line) => line.startsWith("h100-80gb") && line.includes("a3-highgpu-1g"))).toMatch(
    /^h100-80gb +1 +a3-highgpu-1g +26\/234 +- +yes +yes +yes +- +GPUAccelerator\("nvidia-h100-80gb"\) +1\.31/,
  );
  expect(lines.at(-1)).toContain('"?": not confirmed');
});
