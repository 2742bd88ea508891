import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** The repository, where a link can lead to its files: as CI names it, or as git does. */
function repository(root: string): string | undefined {
  const { GITHUB_SERVER_URL: server = "https://github.com", GITHUB_REPOSITORY: name } = process.env;
  if (name) return `${server}/${name}`;
  try {
    const url = execFileSync("git", ["-C", root, "remote", "get-url", "origin"], {
      encoding: "utf8",
      stdio: "pipe",
    });
    return /github\.com[:/](.+?)(?:\.git)?\s*$/.exec(url)?.[1]?.replace(/^/, "https://github.com/");
  } catch {
    return undefined;
  }
}

/**
 * Where a link of one page leads on the site. Pages are pages; a folder is its README; any other file is the repository's own, and
 * nothing where nobody knows the repository. Throws for what is not there.
 */
export function linkResolver(root: string, isPage: (path: string) => boolean) {
  const base = repository(root);
  return (page: string, target: string): string | undefined => {
    if (/^(https?:|mailto:|#)/.test(target)) return target;
    const [path = "", anchor] = target.split("#");
    const file = normalize(join(dirname(page), path)).replace(/\/$/, "");
    if (!existsSync(join(root, file))) throw new Error(`${page}: ${target} leads nowhere`);
    const readme = join(file, "README.md");
    const found = statSync(join(root, file)).isDirectory() && isPage(readme) ? readme : file;
    if (isPage(found)) return `/${found}${anchor ? `#${anchor}` : ""}`;
    return base && `${base}/blob/main/${file}`;
  };
}
