import { passwordPath } from "../database-password";
import type { FlyteDatabase } from "../flyte-props";
import type { Values } from "../values";

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
