import { readFileSync, readdirSync, readlinkSync } from "node:fs";

/**
 * What the processes of the command did on this machine, looked at every so often: their memory and connections. With
 * whatever is played beside it, for two programs that talk to each other can't be told apart by whose they are.
 */
export class Observer {
  readonly strangers = new Set<string>();
  peakMib = 0;
  private timer: NodeJS.Timeout | undefined;

  start(everyMs = 500): this {
    this.timer = setInterval(() => this.look(), everyMs).unref();
    return this;
  }

  stop(): void {
    clearInterval(this.timer);
    this.look();
  }

  private look(): void {
    const all = withDescendants(process.pid);
    this.peakMib = Math.max(
      this.peakMib,
      all.map(residentMib).reduce((sum, mib) => sum + mib, 0),
    );
    for (const pid of all) for (const stranger of strangersOf(pid)) this.strangers.add(stranger);
  }
}

/** Connections of a process to anything but loopback, as `program address:port`. */
function strangersOf(pid: number): string[] {
  const inodes = new Set(socketsOf(pid));
  if (inodes.size === 0) return [];
  const name = read(`/proc/${pid}/comm`).trim();
  const tables = ["tcp", "tcp6", "udp", "udp6"].map((table) => read(`/proc/${pid}/net/${table}`));
  return tables
    .flatMap(parseSockets)
    .filter(({ inode, local, remote }) => inodes.has(inode) && !(isHere(local) && isHere(remote)))
    .map(({ remote, port }) => `${name} ${remote}:${port}`);
}

interface Socket {
  readonly local: string;
  readonly remote: string;
  readonly port: number;
  readonly inode: string;
}

/** The lines of /proc/net/tcp and its like; addresses stay in the kernel's hexadecimal. */
export function parseSockets(table: string): Socket[] {
  return table
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length > 9)
    .map((fields) => {
      const [local = ""] = (fields[1] ?? "").split(":");
      const [remote = "", port = "0"] = (fields[2] ?? "").split(":");
      return { local, remote, port: parseInt(port, 16), inode: fields[9] ?? "" };
    });
}

/** 127.0.0.0/8, ::1, both inside IPv6 too, or nothing yet: as the kernel writes them, little end first. */
export function isHere(address: string): boolean {
  if (/^0+$/.test(address)) return true;
  if (address.length === 8) return address.endsWith("7F");
  return address === "00000000000000000000000001000000" || /^0{16}FFFF0000.{6}7F$/i.test(address);
}

function socketsOf(pid: number): string[] {
  return entries(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

function withDescendants(pid: number): number[] {
  // Each thread has its own list of those that it started.
  const children = entries(`/proc/${pid}/task`).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(withDescendants)];
}

function residentMib(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

/** Processes and their threads come and go while they are looked at: what is gone has nothing. */
function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
