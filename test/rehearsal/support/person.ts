import { request } from "node:https";
import type { Endpoint } from "../../../rehearsal/api/client";

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  /** @default "application/json" */
  readonly type?: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Somebody whom Google has let into the cluster, by the groups that Google has told Kubernetes of. */
export class Person {
  constructor(
    private readonly endpoint: Endpoint,
    private readonly name: string,
    private readonly groups: readonly string[],
  ) {}

  ask({ method, path, body, type = "application/json" }: Request): Promise<Answer> {
    const { port, ca, token } = this.endpoint;
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": type,
      "impersonate-user": this.name,
      "impersonate-group": [...this.groups, "system:authenticated"],
    };
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: "127.0.0.1", port, ca, method, path, headers, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(body && JSON.stringify(body));
    });
  }

  /** Everything that the API server would let this person do in a namespace: `<verb> <resource>.<group>`. */
  async may(namespace: string): Promise<readonly string[]> {
    const path = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
    const { text } = await this.ask({ method: "POST", path, body: { spec: { namespace } } });
    const { status } = JSON.parse(text) as { status: { resourceRules: readonly Rule[] } };
    return status.resourceRules.flatMap(({ verbs, apiGroups, resources }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}${group && `.${group}`}`)),
      ),
    );
  }
}

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}
