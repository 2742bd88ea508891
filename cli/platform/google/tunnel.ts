import { request as plainRequest } from "node:http";
import { request } from "node:https";
import type { Socket } from "node:net";
import { portOf, unbracketed } from "./proxy";

/**
 * A connection to where a URL points, through a proxy, as long as it opens within the limit. By hand: the one that Google's
 * client has takes no certificate authority, which a cluster's own address needs, and Node's own agents know proxies only
 * from 24.5 on.
 */
export function tunnel(url: URL, proxy: string, limit: number): Promise<Socket> {
  const way = new URL(proxy);
  const { hostname, port, protocol, username, password } = way;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const target = `${url.hostname}:${portOf(url.protocol, url.port)}`;
  return new Promise((resolve, reject) => {
    const call = (protocol === "https:" ? request : plainRequest)({
      host: unbracketed(hostname),
      port: portOf(protocol, port),
      method: "CONNECT",
      path: target,
      headers: {
        host: target,
        ...(username && { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` }),
      },
      timeout: limit,
      agent: false,
    });
    call.on("connect", ({ statusCode }, socket: Socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`by way of the proxy ${way.host} was answered with HTTP ${statusCode}`));
    });
    call.on("timeout", () =>
      call.destroy(
        new Error(`by way of the proxy ${way.host} did not answer within ${Math.ceil(limit / 1000)} s`),
      ),
    );
    call.on("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code ? new Error(`by way of the proxy ${way.host} can't be reached (${error.code})`) : error,
      ),
    );
    call.end();
  });
}
