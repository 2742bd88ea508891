import { createServer } from "node:net";

/** Ports that were handed out: whoever starts beside this one has not opened all of its own yet. */
const given = new Set<number>();

/** Ports of the loopback address that were free a moment ago, no two the same, whoever asked for them. */
export async function freePorts<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const ports = await openAndClose(names.length);
  if (ports.some((port) => given.has(port))) return freePorts(names);
  for (const port of ports) given.add(port);
  return Object.fromEntries(names.map((name, index) => [name, ports[index]])) as Record<Name, number>;
}

/** All are held until the last is found. */
async function openAndClose(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.on("error", reject);
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            resolve(typeof address === "object" && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
