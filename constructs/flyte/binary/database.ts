import { passwordPath } from "../database-password";
import type { Values } from "../values";

export interface FlyteDatabase {
  /**
   * Address of the Postgres server.
   *
   * Shape: a host name or an IP address; may be a token.
   */
  readonly host: string;

  /** Name of the database; it must exist. */
  readonly name: string;

  /** User that Flyte connects as. */
  readonly user: string;

  /**
   * Most connections of one pool. Flyte keeps six pools, so the server must allow six times as many.
   *
   * Shape: whole number, at least 2.
   * @default 10
   */
  readonly maxOpenConnections?: number;
}

/** How Flyte reaches its database: encrypted, with the password from a file. */
export function databaseValues(database: FlyteDatabase): Values {
  const maxOpenConnections = database.maxOpenConnections ?? 10;
  return {
    configuration: {
      database: {
        host: database.host,
        port: 5432,
        dbname: database.name,
        username: database.user,
        passwordPath,
        // The chart says sslmode=disable. The server's certificate is Google's own, under no public authority.
        options: "sslmode=require",
      },
      inline: {
        database: { maxOpenConnections, maxIdleConnections: Math.min(5, maxOpenConnections) },
      },
    },
  };
}
