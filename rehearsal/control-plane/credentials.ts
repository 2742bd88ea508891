import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Endpoint } from "../api/client";

const users = {
  admin: { user: "rehearsal", group: "system:masters" },
  "kube-controller-manager": { user: "system:kube-controller-manager", group: "" },
  "kube-scheduler": { user: "system:kube-scheduler", group: "" },
  kwok: { user: "kwok", group: "system:masters" },
  kueue: { user: "kueue", group: "system:masters" },
  // With its own rights alone: what the environment grants it must be enough.
  training: { user: "system:serviceaccount:training-operator:training-operator", group: "" },
  ray: { user: "system:serviceaccount:kuberay-operator:kuberay-operator", group: "" },
} as const;

export type User = keyof typeof users;

/** Tokens of the users of the control plane, and their kubeconfig files. */
export interface Credentials {
  readonly tokenFile: string;
  readonly endpoint: Endpoint;
  readonly kubeconfig: Readonly<Record<User, string>>;
}

export function makeCredentials(folder: string, certs: string, port: number): Credentials {
  const tokens = Object.fromEntries(
    Object.keys(users).map((name) => [name, randomBytes(16).toString("hex")]),
  ) as Record<User, string>;
  const names = Object.keys(users) as User[];
  const ca = readFileSync(join(certs, "ca.crt"), "utf8");
  const tokenFile = join(folder, "tokens.csv");
  const line = (name: User) => `${tokens[name]},${users[name].user},${name},"${users[name].group}"\n`;
  writeFileSync(tokenFile, names.map(line).join(""), { mode: 0o600 });
  const write = (name: User) => {
    const path = join(folder, `${name}.kubeconfig`);
    writeFileSync(path, JSON.stringify(kubeconfig(ca, port, tokens[name])), { mode: 0o600 });
    return path;
  };
  return {
    tokenFile,
    endpoint: { port, ca, token: tokens.admin },
    kubeconfig: Object.fromEntries(names.map((name) => [name, write(name)])) as Record<User, string>,
  };
}

function kubeconfig(ca: string, port: number, token: string) {
  const name = "rehearsal";
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name, cluster: { server: `https://127.0.0.1:${port}`, "certificate-authority-data": base64(ca) } },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
