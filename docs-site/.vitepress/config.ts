import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { defineConfig } from "vitepress";
import { linkResolver } from "./links";

// The pages of this repository as they stand, README and examples among them: nothing is written twice for the site. They are
// copied below this folder, because what a page is made of is looked for beside it.

const root = resolve(import.meta.dirname, "../..");
const first = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "AGENTS.md"];
const below = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md") && !/(^|\/)(node_modules|\.venv|cdktf\.out)\//.test(file))
    .map((file) => join(folder, file))
    .sort();
const pages = [...first, ...below("docs"), ...below("examples")];
const copies = resolve(import.meta.dirname, "../pages");
rmSync(copies, { recursive: true, force: true });
for (const file of [...pages, "docs/pictures"])
  cpSync(join(root, file), join(copies, file), { recursive: true });
const resolved = linkResolver(root, (path) => pages.includes(path));

const title = (page: string) => /^# (.*)$/m.exec(readFileSync(join(root, page), "utf8"))?.[1] ?? page;
const items = (...paths: string[]) => paths.map((page) => ({ text: title(page), link: `/${page}` }));
const docs = (...names: string[]) => items(...names.map((name) => `docs/${name}.md`));
const sidebar = [
  {
    text: "Begin",
    items: [
      { text: "What it is", link: "/" },
      ...docs("first-run", "glossary"),
      ...items(...below("examples")),
    ],
  },
  {
    text: "Run it",
    items: docs("configuration", "operations", "ci", "people", "secrets", "security", "upgrading"),
  },
  { text: "Queues and tasks", items: docs("queues", "gpu-tasks", "gangs", "rehearsal") },
  {
    text: "Why",
    items: [...docs("known-traps", "known-traps-flyte"), ...items(...below("docs/decisions"))],
    collapsed: true,
  },
  { text: "Change it", items: items("CONTRIBUTING.md", "AGENTS.md", "CHANGELOG.md") },
];
// A page that the menu forgets is still found by the search and by links, but by nobody who looks around.
const listed = new Set(sidebar.flatMap((group) => group.items.map(({ link }) => link.slice(1))));
sidebar[1]?.items.push(...items(...below("docs").filter((page) => !listed.has(page))));

export default defineConfig({
  title: "Flyte on GKE Autopilot",
  description: "Flyte on Google Cloud with GPU queues, as code",
  srcDir: copies,
  rewrites: { "README.md": "index.md" },
  outDir: resolve(import.meta.dirname, "../dist"),
  cleanUrls: false,
  // Set where it is not at the top of its host, as on GitHub Pages: /<repository>/
  base: (process.env["DOCS_BASE"] ?? "/") as `/${string}/`,
  lastUpdated: false,
  markdown: {
    // The pages are GitHub's Markdown: `<name>` is a word, no HTML, and `{{ }}` is Flyte's.
    html: false,
    config: (md) => {
      const fence = md.renderer.rules.fence!;
      md.renderer.rules.fence = (tokens, index, ...rest) =>
        tokens[index]?.info.trim() === "mermaid"
          ? `<pre class="mermaid" v-pre>${md.utils.escapeHtml(tokens[index].content)}</pre>`
          : fence(tokens, index, ...rest);
      md.core.ruler.push("links", ({ tokens, env }) => {
        const page = (env as { relativePath: string }).relativePath.replace(/^index\.md$/, "README.md");
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          if (token.type !== "link_open") continue;
          const link = resolved(page, token.attrGet("href") ?? "");
          if (link === undefined) token.attrSet("href", "#");
          else token.attrSet("href", link.replace(/^\/README\.md/, "/index.md"));
        }
      });
    },
  },
  themeConfig: {
    search: { provider: "local" },
    sidebar,
    outline: { level: [2, 3] },
    nav: [
      { text: "First run", link: "/docs/first-run.md" },
      { text: "Configuration", link: "/docs/configuration.md" },
    ],
  },
});
